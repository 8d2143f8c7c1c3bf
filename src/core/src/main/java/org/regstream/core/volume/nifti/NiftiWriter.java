package org.regstream.core.volume.nifti;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.MillimetreField;
import org.regstream.core.volume.Volume;

/**
 * Writes NIfTI-1 single files, little endian, RAS, with an sform, and with a qform too where the axes are perpendicular.
 * Intensities are stored as float32 and labels as uint8, unscaled.
 *
 * <p>A file appears whole or not at all: it is written beside its place under another name and then moved. Names end in
 * {@code .nii} or {@code .nii.gz}. A stream gets the plain file and stays open. A device that fails ends in an
 * {@link UncheckedIOException}.
 */
public final class NiftiWriter {
    private static final int INTENT_LABEL = 1002;
    /** Of ITK's: components in LPS. Those of DISPVECT (1006) are in RAS. */
    private static final int INTENT_VECTOR = 1007;
    private static final int CHUNK = 1 << 16;

    private NiftiWriter() {}

    public static void write(Volume volume, Path file) {
        atomically(file, out -> write(volume, out));
    }

    public static void write(Volume volume, OutputStream out) {
        write(NiftiHeader.encode(volume.grid(), NiftiType.FLOAT32, 1, 0, "regstream"), volume.values(), out);
    }

    public static void write(LabelMap labels, Path file) {
        atomically(file, out -> write(labels, out));
    }

    public static void write(LabelMap labels, OutputStream out) {
        try {
            out.write(NiftiHeader.encode(labels.grid(), NiftiType.UINT8, 1, INTENT_LABEL, "regstream labels"));
            out.write(labels.labels());
        } catch (IOException e) {
            throw failure("stream", e);
        }
    }

    public static void write(MillimetreField field, Path file) {
        atomically(file, out -> write(field, out));
    }

    /** As ITK writes a field: five axes (i, j, k, 1, 3), the components (x, y, z), LPS mm, slowest, as in memory. */
    public static void write(MillimetreField field, OutputStream out) {
        write(NiftiHeader.encode(field.grid(), NiftiType.FLOAT32, 3, INTENT_VECTOR,
                "regstream displacement to the other image, LPS mm (ITK)"), field.components(), out);
    }

    private static void write(byte[] header, float[] values, OutputStream out) {
        ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        try {
            out.write(header);
            for (int at = 0; at < values.length; at += CHUNK) {
                int n = Math.min(CHUNK, values.length - at);
                buffer.asFloatBuffer().put(values, at, n);
                out.write(buffer.array(), 0, Float.BYTES * n);
            }
        } catch (IOException e) {
            throw failure("stream", e);
        }
    }

    private interface Content {
        void writeTo(OutputStream out);
    }

    private static void atomically(Path file, Content content) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".nii") && !name.endsWith(".nii.gz")) {
            throw new IllegalArgumentException("a NIfTI file's name must end in .nii or .nii.gz, got " + name);
        }
        Path target = file.toAbsolutePath();
        Path part = target.resolveSibling("." + name + "." + UUID.randomUUID() + ".part");
        try {
            try (OutputStream plain = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW);
                    OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(plain, CHUNK) : plain) {
                content.writeTo(out);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failure(name, e);
        } finally {
            part.toFile().delete();
        }
    }

    private static UncheckedIOException failure(String name, IOException e) {
        return new UncheckedIOException("cannot write NIfTI to " + name + ": " + e.getMessage(), e);
    }
}
