package org.regstream.eventlog;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.regstream.core.DecodeException;

/** The whole lines of a file that may be compressed, and may have been cut off anywhere. */
final class LogFileLines implements Closeable {

    /** Of one line, bytes: a step with a frame of ten thousand slices. */
    static final int MOST_BYTES = 4 << 20;

    private static final int GZIP = 0x8b1f;

    private final InputStream in;
    private long number;

    /** @param plain closed with this */
    LogFileLines(InputStream plain) {
        this.in = plain;
    }

    static LogFileLines open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        try {
            raw.mark(2);
            boolean isGzip = (raw.read() | raw.read() << 8) == GZIP;
            raw.reset();
            return new LogFileLines(isGzip ? new BufferedInputStream(new GZIPInputStream(raw)) : raw);
        } catch (EOFException e) {
            return new LogFileLines(raw);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /** @return the next line that ends, empty if there is none */
    Optional<String> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = read(); b != '\n'; b = read()) {
            if (b < 0) {
                return Optional.empty();
            }
            if (line.size() == MOST_BYTES) {
                throw new DecodeException(
                        "line " + (number + 1) + " must have at most " + MOST_BYTES + " bytes, got more");
            }
            line.write(b);
        }
        number++;
        return Optional.of(line.toString(StandardCharsets.UTF_8));
    }

    /** @return -1 at the end, also where it was cut off */
    private int read() throws IOException {
        try {
            return in.read();
        } catch (EOFException e) {
            return -1;
        } catch (ZipException e) {
            throw new DecodeException("what follows line " + number
                    + " must be compressed by gzip, got something else: the file is damaged", e);
        }
    }

    /** Of the line that came last, from 1. */
    long number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
