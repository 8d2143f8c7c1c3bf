package org.regstream.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.regstream.core.ModelException;
import org.regstream.core.Sha256;

/** The files of a package on disk: bounded reads and digests. */
public final class PackageFiles {

    private PackageFiles() {}

    /**
     * @return SHA-256 of a file's bytes, lower-case hexadecimal, as {@link org.regstream.core.model.ModelManifest#files()}
     *         holds it
     */
    public static String sha256(Path file) {
        return Sha256.hex(read(file, ModelPackage.MAX_FILE_BYTES));
    }

    /** @return the bytes of a regular file of at most {@code maxBytes} */
    static byte[] read(Path file, long maxBytes) {
        requireFile(file, maxBytes);
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes((int) maxBytes);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static void requireFile(Path file, long maxBytes) {
        if (!Files.isRegularFile(file)) {
            throw new ModelException(file + " is missing; restore the package, or name a folder written by export");
        }
        try {
            if (Files.size(file) > maxBytes) {
                throw new ModelException(file + " has " + Files.size(file) + " bytes, expected at most " + maxBytes
                        + "; restore the package");
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static ModelException unreadable(Path file, IOException e) {
        return new ModelException("cannot read " + file + ": " + e + "; check that it exists and may be read", e);
    }
}
