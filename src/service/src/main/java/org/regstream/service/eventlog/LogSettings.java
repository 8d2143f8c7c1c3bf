package org.regstream.service.eventlog;

import java.nio.file.Path;
import org.regstream.core.ConfigurationException;

/**
 * Where logs go, and how large one may be.
 *
 * @param folder    made when the first is written
 * @param maxBytes  of one file, compressed; 64 KiB or more
 * @param regstream version that writes
 */
public record LogSettings(Path folder, long maxBytes, String regstream) {

    private static final long LEAST = 1 << 16;

    public LogSettings {
        if (maxBytes < LEAST) {
            throw new ConfigurationException("regstream.event-log.max-bytes must be at least 64K, got " + maxBytes
                    + " bytes; set more, or leave it out for its default");
        }
    }
}
