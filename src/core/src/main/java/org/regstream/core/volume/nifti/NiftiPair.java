package org.regstream.core.volume.nifti;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.regstream.core.DecodeException;

/** The file of voxels beside a header that holds none; opened when it is asked for. */
final class NiftiPair implements Closeable {

    private static final String VOXELS = "(?i)\\.img(\\.gz)?$";
    private static final String HEADER = "(?i)\\.hdr(\\.gz)?$";

    private final Path header;
    private InputStream voxels;

    private NiftiPair(Path header) {
        this.header = header;
    }

    /** @param file either of the two, or a single file */
    static NiftiPair of(Path file) {
        String name = file.getFileName().toString();
        String stem = name.replaceFirst(VOXELS, "");
        return new NiftiPair(stem.equals(name) ? file : existing(file, stem, ".hdr"));
    }

    Path header() {
        return header;
    }

    /** @throws DecodeException if there is no such file */
    InputStream voxels() {
        String stem = header.getFileName().toString().replaceFirst(HEADER, "");
        try {
            voxels = Files.newInputStream(existing(header, stem, ".img"));
            return voxels;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the voxels of " + header.getFileName() + ": " + e.getMessage(),
                    e);
        }
    }

    private static Path existing(Path one, String stem, String suffix) {
        List<String> names = List.of(stem + suffix, stem + suffix + ".gz");
        return names.stream().map(one::resolveSibling)
                .filter(Files::isRegularFile).findFirst()
                .orElseThrow(() -> new DecodeException("half of a NIfTI pair is missing: expected " + names.get(0)
                        + " beside " + one.getFileName()
                        + "; put both files into one folder, or save the image as .nii"));
    }

    @Override
    public void close() throws IOException {
        if (voxels != null) {
            voxels.close();
        }
    }
}
