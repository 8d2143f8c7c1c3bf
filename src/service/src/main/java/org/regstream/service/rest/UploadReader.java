package org.regstream.service.rest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.read.DicomReader;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.read.Laterality;
import org.regstream.dicom.read.Segmentation;
import org.regstream.dicom.read.SegmentationReader;
import org.regstream.service.procedure.GivenLabels;

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
        return new UploadedImage(NiftiReader.readVolume(new ByteArrayInputStream(first)), Optional.empty(),
                Laterality.UNTOLD);
    }

    /**
     * @param grid   of the image: a Segmentation is read onto it
     * @param known  the model's structures: what they are called is called so
     * @param wanted what the labels are, as the procedure says; empty: all that the file holds
     * @throws DecodeException if the file is no label map, or lacks a segment that is wanted
     */
    UploadedLabels labels(Path file, Grid grid, List<Structure> known, Optional<List<Structure>> wanted) {
        byte[] bytes = bytes(file);
        if (!DicomReader.looksLikeDicom(bytes)) {
            LabelMap map = NiftiReader.readLabels(new ByteArrayInputStream(bytes));
            return new UploadedLabels(
                    wanted.map(w -> new GivenLabels(map, w)).orElseGet(() -> GivenLabels.of(map, known)),
                    Laterality.UNTOLD);
        }
        DicomObject object = dicom.readObject(bytes);
        Segmentation segmentation = SegmentationReader.read(object, grid);
        return new UploadedLabels(wanted.map(w -> GivenLabels.asAskedFor(segmentation, w))
                .orElseGet(() -> GivenLabels.of(segmentation, known)), Laterality.of(object));
    }

    private UploadedImage series(List<byte[]> instances) {
        FrameAssembler<Integer> assembler = new FrameAssembler<>(AssemblyPolicy.DEFAULT);
        List<AssemblyOutcome<Integer>> outcomes = new ArrayList<>();
        Instant now = Instant.EPOCH;
        String series = null;
        List<DicomObject> headers = new ArrayList<>();
        for (byte[] instance : instances) {
            DicomObject object = dicom.readObject(instance);
            headers.add(object.withoutPixelData());
            for (Frame frame : dicom.frames(object, now)) {
                series = frame.key().seriesInstanceUid();
                outcomes.add(assembler.offer(frame, outcomes.size(), now));
            }
        }
        outcomes.addAll(assembler.endOfSeries(series, now));
        AssembledVolume volume = single(outcomes);
        return new UploadedImage(volume.volume(), Optional.of(volume.frameOfReferenceUid()), Laterality.of(headers));
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
