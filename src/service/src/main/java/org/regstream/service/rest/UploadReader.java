package org.regstream.service.rest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.regstream.core.DecodeException;
import org.regstream.core.assembly.AssembledVolume;
import org.regstream.core.assembly.AssemblyOutcome;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.assembly.AssemblyOutcome.Refused;
import org.regstream.core.assembly.AssemblyPolicy;
import org.regstream.core.assembly.Frame;
import org.regstream.core.assembly.FrameAssembler;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.dicom.read.DicomReader;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.read.Segmentation;
import org.regstream.dicom.read.SegmentationReader;

/**
 * Reads what is sent for a procedure: NIfTI, DICOM files, or a ZIP of DICOM files, told by their first bytes. Thread-safe.
 */
final class UploadReader {

    private static final int MAX_ENTRIES = 5_000;
    private static final long MAX_INFLATED = 1L << 30;

    private final FrameReader dicom;

    UploadReader(FrameReader dicom) {
        this.dicom = dicom;
    }

    /** @throws DecodeException if the files are not one image */
    UploadedImage image(List<Path> files) {
        byte[] first = bytes(files.get(0));
        if (isZip(first)) {
            return series(unzip(first));
        }
        if (DicomReader.looksLikeDicom(first)) {
            return series(files.stream().map(UploadReader::bytes).toList());
        }
        if (files.size() > 1) {
            throw new DecodeException(
                    "a NIfTI image is one file, got " + files.size() + "; several files are read as DICOM");
        }
        return new UploadedImage(NiftiReader.readVolume(new ByteArrayInputStream(first)), Optional.empty());
    }

    /**
     * @param grid  of the image: a Segmentation is read onto it
     * @param known the model's structures: segments are numbered as the same structure there
     * @throws DecodeException if the file is no label map, or a segment is none of the model's structures
     */
    LabelMap labels(Path file, Grid grid, List<Structure> known) {
        byte[] bytes = bytes(file);
        return DicomReader.looksLikeDicom(bytes)
                ? renumber(SegmentationReader.read(dicom.readObject(bytes), grid), known)
                : NiftiReader.readLabels(new ByteArrayInputStream(bytes));
    }

    private UploadedImage series(List<byte[]> instances) {
        FrameAssembler<Integer> assembler = new FrameAssembler<>(AssemblyPolicy.DEFAULT);
        List<AssemblyOutcome<Integer>> outcomes = new ArrayList<>();
        Instant now = Instant.EPOCH;
        String series = null;
        for (byte[] instance : instances) {
            for (Frame frame : dicom.read(instance, now)) {
                series = frame.key().seriesInstanceUid();
                outcomes.add(assembler.offer(frame, outcomes.size(), now));
            }
        }
        outcomes.addAll(assembler.endOfSeries(series, now));
        AssembledVolume volume = single(outcomes);
        return new UploadedImage(volume.volume(), Optional.of(volume.frameOfReferenceUid()));
    }

    private static AssembledVolume single(List<AssemblyOutcome<Integer>> outcomes) {
        List<AssembledVolume> volumes = new ArrayList<>();
        for (AssemblyOutcome<Integer> outcome : outcomes) {
            if (outcome instanceof Refused<Integer> refused) {
                throw new DecodeException("the pre-operative series is not one regular volume: " + refused.refusal());
            }
            if (outcome instanceof Complete<Integer> complete) {
                volumes.add(complete.volume());
            }
        }
        if (volumes.size() != 1) {
            throw new DecodeException("the pre-operative files must be one volume of one series, got " + volumes.size()
                    + "; send one phase of one series");
        }
        return volumes.get(0);
    }

    private static LabelMap renumber(Segmentation segmentation, List<Structure> known) {
        byte[] numbers = new byte[256];
        Set<Integer> taken = new HashSet<>();
        for (Structure segment : segmentation.structures()) {
            int label = sameStructure(segment, known).label();
            if (!taken.add(label)) {
                throw new DecodeException("two segments are the model's structure " + label + "; send one of them");
            }
            numbers[segment.label()] = (byte) label;
        }
        byte[] labels = segmentation.labels().labels().clone();
        for (int x = 0; x < labels.length; x++) {
            labels[x] = numbers[labels[x] & 0xff];
        }
        return LabelMap.takeOwnershipOf(segmentation.labels().grid(), labels);
    }

    /** The one with the segment's code; where several share it, the one that also has its name. Never a guess. */
    private static Structure sameStructure(Structure segment, List<Structure> known) {
        List<Structure> sameCode = known.stream().filter(s -> s.code().equals(segment.code())).toList();
        List<Structure> same = sameCode.size() == 1
                ? sameCode
                : sameCode.stream().filter(s -> s.name().equalsIgnoreCase(segment.name())).toList();
        if (same.size() != 1) {
            throw new DecodeException("segment " + segment.label() + " (" + segment.name() + ", SNOMED CT "
                    + segment.code() + ") is none of the model's structures " + known
                    + "; leave it out, or give it the code and name of one");
        }
        return same.get(0);
    }

    private static boolean isZip(byte[] bytes) {
        return bytes.length > 4 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3 && bytes[3] == 4;
    }

    private static List<byte[]> unzip(byte[] zip) {
        List<byte[]> files = new ArrayList<>();
        long left = MAX_INFLATED;
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = readAtMost(in, left);
                left -= content.length;
                if (!entry.isDirectory() && DicomReader.looksLikeDicom(content)) {
                    files.add(content);
                }
                if (files.size() > MAX_ENTRIES) {
                    throw new DecodeException("a ZIP may hold " + MAX_ENTRIES + " DICOM files, got more");
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new DecodeException("the ZIP file is damaged: " + e.getMessage(), e);
        }
        if (files.isEmpty()) {
            throw new DecodeException("the ZIP file holds no DICOM file");
        }
        return files;
    }

    private static byte[] readAtMost(InputStream in, long limit) throws IOException {
        byte[] content = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, limit + 1));
        if (content.length > limit) {
            throw new DecodeException("a ZIP may inflate to " + MAX_INFLATED + " bytes, got more");
        }
        return content;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
