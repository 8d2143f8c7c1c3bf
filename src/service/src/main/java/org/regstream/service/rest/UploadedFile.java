package org.regstream.service.rest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.regstream.core.memory.Tab;
import org.regstream.dicom.read.DicomReader;

/**
 * One part of an upload.
 *
 * @param name as its sender calls it; goes back to the sender and nowhere else
 * @param path where it lies
 */
record UploadedFile(String name, Path path) {

    /** @param memory pays for them */
    byte[] bytes(Tab memory) {
        try {
            memory.take(Files.size(path));
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its first bytes: enough to tell what it is. */
    byte[] head() {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(DicomReader.HEAD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what need not be held whole. */
    <T> T read(Function<InputStream, T> reader) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            return reader.apply(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name may be a patient's. */
    @Override
    public String toString() {
        return "UploadedFile";
    }
}
