package org.regstream.service.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.regstream.core.DecodeException;
import org.regstream.core.assembly.AssembledVolume;
import org.regstream.core.assembly.AssemblyOutcome;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.assembly.AssemblyOutcome.Refused;
import org.regstream.core.assembly.AssemblyPolicy;
import org.regstream.core.assembly.Frame;
import org.regstream.core.assembly.FrameAssembler;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.dicom.read.DicomSeries;
import org.regstream.dicom.read.FrameReader;

/** Reads images from disk: NIfTI files, and folders that hold the DICOM instances of one volume. */
final class ImageFiles {

    private ImageFiles() {}

    /**
     * @param source NIfTI file or DICOM folder
     * @throws DecodeException if it does not hold exactly one volume
     */
    static MedicalImage read(Path source) {
        if (!Files.isDirectory(source)) {
            return new MedicalImage(source, finite(source, NiftiReader.readVolume(source)), Optional.empty());
        }
        DicomSeries series = DicomSeries.read(source, FrameReader.withDefaults());
        AssembledVolume volume = assemble(source, series.frames());
        return new MedicalImage(source, volume.volume(), Optional.of(DicomOrigin.of(volume, series.headers())));
    }

    /** Whether this is a folder, and not one of NIfTI files; what is in it is not looked at. */
    static boolean mayBeDicom(Path source) {
        return Files.isDirectory(source) && niftiFiles(source).isEmpty();
    }

    static boolean isNifti(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && (name.endsWith(".nii") || name.endsWith(".nii.gz"));
    }

    /** @return the NIfTI files of a folder in order of name; empty if it holds none */
    static List<Path> niftiFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(ImageFiles::isNifti).filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    /** @return the file's name without {@code .nii} or {@code .nii.gz} */
    static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("\\.nii(\\.gz)?$", "");
    }

    /** By the same rules as live frames: whatever would not be shown in theatre is not registered here. */
    private static AssembledVolume assemble(Path folder, List<Frame> frames) {
        Instant now = Instant.now();
        FrameAssembler<Frame> assembler = new FrameAssembler<>(AssemblyPolicy.DEFAULT);
        List<AssemblyOutcome<Frame>> outcomes = new ArrayList<>();
        frames.forEach(frame -> outcomes.add(assembler.offer(frame, frame, now)));
        frames.stream().map(frame -> frame.key().seriesInstanceUid()).distinct()
                .forEach(series -> outcomes.addAll(assembler.endOfSeries(series, now)));
        List<AssembledVolume> volumes = new ArrayList<>();
        for (AssemblyOutcome<Frame> outcome : outcomes) {
            if (outcome instanceof Refused<Frame> refused) {
                throw new DecodeException(folder.getFileName() + " does not hold one regular volume: "
                        + refused.refusal());
            }
            if (outcome instanceof Complete<Frame> complete) {
                volumes.add(complete.volume());
            }
        }
        if (volumes.size() != 1) {
            throw new DecodeException(folder.getFileName() + " holds " + volumes.size()
                    + " volumes, expected one; keep one series, and of it one temporal position, in a folder");
        }
        return volumes.get(0);
    }

    private static Volume finite(Path source, Volume volume) {
        for (float v : volume.values()) {
            if (!Float.isFinite(v)) {
                throw new DecodeException(source.getFileName() + " holds an intensity of " + v
                        + "; replace what is not a number by the background's intensity");
            }
        }
        return volume;
    }
}
