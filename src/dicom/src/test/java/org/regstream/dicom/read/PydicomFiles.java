package org.regstream.dicom.read;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The odd DICOM files that Debian's python3-pydicom ships for its own tests. */
final class PydicomFiles {

    /** {@code pydicom.dcmread("liver_1frame.dcm").pixel_array.sum()} */
    static final int LIVER_VOXELS = 36233;

    private static final Path FOLDER = Path.of("/usr/lib/python3/dist-packages/pydicom/data/test_files");

    private PydicomFiles() {}

    static Path file(String name) {
        assumeTrue(Files.isDirectory(FOLDER), "pydicom's test files are not installed");
        return FOLDER.resolve(name);
    }

    /** Every file, those of the folders below too. */
    static List<Path> all() {
        assumeTrue(Files.isDirectory(FOLDER), "pydicom's test files are not installed");
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
