package org.regstream.tools.transform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.regstream.core.DecodeException;
import org.regstream.core.FileFault;
import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Grid;
import org.regstream.core.transform.Mapping;
import org.regstream.core.transform.TransformText;
import org.regstream.core.transform.TransformText.Frame;
import org.regstream.core.volume.MillimetreField;
import org.regstream.core.volume.nifti.NiftiContent;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.tools.register.TransformNames;

/**
 * Reads what {@code --transform} names: a folder that {@code register} wrote, a displacement field as ITK, ANTs and plastimatch
 * write it (NIfTI), an affine of ITK ({@code .tfm}), or four rows of four numbers.
 *
 * @param frame   of plain numbers
 * @param notices takes what whoever gave the transform should know
 */
record TransformFiles(Frame frame, Consumer<String> notices) {

    /** A matrix takes a few hundred bytes. */
    private static final int MAX_TEXT = 1 << 16;

    /** @throws DecodeException if it is none of these */
    Mapping read(Path source) {
        if (Files.isDirectory(source)) {
            return folder(source);
        }
        return source.getFileName().toString().matches("(?i).*\\.(nii|nii\\.gz|hdr|img)")
                ? Mapping.of(field(source))
                : Mapping.of(matrix(source));
    }

    private Mapping folder(Path folder) {
        for (String name : List.of(TransformNames.FIELD, TransformNames.POSE, TransformNames.INVERSE)) {
            if (!Files.isRegularFile(folder.resolve(name))) {
                throw new DecodeException(folder + " must be a folder that register wrote, but holds no " + name
                        + "; register anew, or name the file of a transform");
            }
        }
        Pose pose = matrix(folder.resolve(TransformNames.POSE));
        Grid window = NiftiReader.displacementGrid(folder.resolve(TransformNames.INVERSE));
        return Mapping.of(field(folder.resolve(TransformNames.FIELD)), pose, pose.overlay(window));
    }

    private MillimetreField field(Path file) {
        NiftiContent<MillimetreField> field = NiftiReader.displacement(file);
        field.notice().ifPresent(notice -> notices.accept(file.getFileName() + ": " + notice));
        return field.content();
    }

    private Pose matrix(Path file) {
        try {
            List<String> lines = text(file).lines().toList();
            return TransformText.isItk(lines) || file.getFileName().toString().endsWith(".tfm")
                    ? TransformText.readItk(lines)
                    : TransformText.readMatrix(lines, frame);
        } catch (DecodeException e) {
            throw new DecodeException("cannot read " + file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(MAX_TEXT), StandardCharsets.ISO_8859_1);
            if (text.indexOf(0) >= 0 || text.length() == MAX_TEXT) {
                throw new DecodeException(
                        "expected a displacement field (.nii, .nii.gz), an ITK transform (.tfm) or a 4 x 4"
                                + " matrix in text, got something else; .mat and .h5 can be written as .tfm, .mha and .nrrd as .nii.gz");
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(FileFault.inWords(file, e), e);
        }
    }
}
