package org.regstream.training.evaluate.table;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.regstream.core.ConfigurationException;
import org.regstream.training.evaluate.row.Row;

/**
 * A comparison on disk: {@code terms.json}, and for each row a folder with what it trained and, once it is measured,
 * {@code row.json}.
 *
 * @param path of the folder
 */
public record ComparisonFolder(Path path) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * Says under which terms the folder is filled.
     *
     * @throws ConfigurationException if it holds a comparison that is not to be resumed, or one under other terms
     */
    public void begin(Terms terms, boolean resume) {
        Path file = path.resolve("terms.json");
        if (Files.isRegularFile(file)) {
            if (!resume) {
                throw new ConfigurationException(
                        path + " holds a comparison already: add --resume to continue it, or choose another --out");
            }
            Terms before = read(file, Terms.class);
            if (!before.equals(terms)) {
                throw new ConfigurationException(path + " was begun under other terms (" + before.sentence()
                        + "), got " + terms.sentence() + "; rows of different terms do not compare");
            }
        }
        write(file, terms);
    }

    /** Where a row keeps its files; made if it is missing. */
    public Path of(Row row) {
        try {
            return Files.createDirectories(path.resolve(row.name()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder of row " + row.name(), e);
        }
    }

    /** What was measured before; empty if nothing was. */
    Optional<RowResult> measured(Row row) {
        Path file = path.resolve(row.name()).resolve("row.json");
        return Files.isRegularFile(file) ? Optional.of(read(file, RowResult.class)) : Optional.empty();
    }

    void save(Row row, RowResult result) {
        write(of(row).resolve("row.json"), result);
    }

    /** Replaces the file as a whole, so that a crash leaves the old one or the new one. */
    static void write(Path file, Object value) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            JSON.writeValue(part.toFile(), value);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static <T> T read(Path file, Class<T> type) {
        try {
            return JSON.readValue(file.toFile(), type);
        } catch (IOException e) {
            throw new ConfigurationException(file + " cannot be read (" + e.getMessage()
                    + "); remove the folder, or choose another --out", e);
        }
    }
}
