package org.regstream.tools.register;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.regstream.core.ConfigurationException;
import org.regstream.core.DecodeException;
import org.regstream.core.FileFault;
import org.regstream.core.assembly.AssembledVolume;
import org.regstream.core.assembly.OneVolume;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiContent;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.dicom.read.DicomReader;
import org.regstream.dicom.read.DicomSeries;
import org.regstream.dicom.read.FrameReader;

/** Reads images from disk: NIfTI files, DICOM files of several frames, and folders that hold the DICOM instances of one volume. */
public final class ImageFiles {

    private static final String NIFTI_SUFFIX = "(?i)\\.nii(\\.gz)?$";

    private ImageFiles() {}

    /**
     * @param source NIfTI file, DICOM file or DICOM folder; files are told by what they hold
     * @throws DecodeException if it does not hold exactly one volume
     */
    public static MedicalImage read(Path source) {
        if (Files.isDirectory(source) || isDicom(source)) {
            return series(source);
        }
        NiftiContent<Volume> nifti = NiftiReader.volume(source);
        return new MedicalImage(source, nifti.content(), Optional.empty(), nifti.notice().stream().toList());
    }

    private static MedicalImage series(Path source) {
        DicomSeries series = DicomSeries.read(source, FrameReader.withDefaults());
        try {
            AssembledVolume volume = OneVolume.of(series.frames());
            return new MedicalImage(source, volume.volume(), Optional.of(DicomOrigin.of(volume, series.headers())),
                    series.notices());
        } catch (DecodeException e) {
            throw new DecodeException(source.getFileName() + ": " + e.getMessage(), e);
        }
    }

    /** @throws ConfigurationException if nothing is there, before anything else is read */
    static void requirePresent(Path source) {
        if (Files.notExists(source)) {
            throw new ConfigurationException("no such file or folder: " + source);
        }
    }

    /** Whether this is a DICOM file, or a folder that holds no NIfTI files; what else is in it is not looked at. */
    static boolean mayBeDicom(Path source) {
        return Files.isDirectory(source) ? niftiFiles(source).isEmpty() : Files.exists(source) && isDicom(source);
    }

    /** By its first bytes, whatever it is called. */
    static boolean isDicom(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return DicomReader.isRecognisable(in.readNBytes(DicomReader.HEAD));
        } catch (IOException e) {
            throw new UncheckedIOException(FileFault.inWords(file, e), e);
        }
    }

    private static boolean isNifti(Path file) {
        return !stem(file).equals(file.getFileName().toString());
    }

    /** @return the NIfTI files of a folder in order of name, without hidden ones; empty if it holds none */
    static List<Path> niftiFiles(Path folder) {
        return files(folder).stream().filter(ImageFiles::isNifti).toList();
    }

    /** @return the other files of a folder in order of name; without hidden ones */
    static List<Path> otherFiles(Path folder) {
        return files(folder).stream().filter(file -> !isNifti(file)).toList();
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    /** @return the file's name without {@code .nii} or {@code .nii.gz}, however they are spelt */
    static String stem(Path file) {
        return file.getFileName().toString().replaceFirst(NIFTI_SUFFIX, "");
    }
}
