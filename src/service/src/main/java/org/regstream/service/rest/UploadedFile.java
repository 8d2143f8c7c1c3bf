package org.regstream.service.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.regstream.core.memory.Tab;

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

    /** The name may be a patient's. */
    @Override
    public String toString() {
        return "UploadedFile";
    }
}
