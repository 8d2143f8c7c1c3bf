package org.regstream.dicom.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.regstream.core.DecodeException;

/** The files of a folder and of the folders in it, in the order of their names; a file is its own only one. */
public final class FolderFiles {

    /** More than any series we know; a mistaken folder (a home, a disk) is refused rather than read in part. */
    private static final int MAX_FILES = 20_000;

    /** An export's patient, study, series and image. */
    private static final int MAX_DEPTH = 4;

    private FolderFiles() {}

    /**
     * @throws DecodeException      if there are too many
     * @throws UncheckedIOException if a folder cannot be opened
     */
    public static List<Path> of(Path source) {
        try (Stream<Path> tree = Files.walk(source, MAX_DEPTH)) {
            List<Path> files = tree.filter(Files::isRegularFile).limit(MAX_FILES + 1L).sorted().toList();
            if (files.size() > MAX_FILES) {
                throw new DecodeException(
                        "more than " + MAX_FILES + " files in " + source + "; name one series' folder");
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + source + ": " + e.getMessage(), e);
        }
    }

    /** @param max bytes that are read at most
     *  @throws DecodeException if the file has more */
    public static byte[] bytes(Path file, long max) {
        try {
            long size = Files.size(file);
            if (size > max) {
                throw new DecodeException(file + " has " + size + " bytes, expected at most " + max);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file.getFileName() + ": " + e.getMessage(), e);
        }
    }
}
