package org.regstream.training.evaluate.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What kind of machine this is, as far as it tells: minutes mean nothing without. */
public final class Machine {

    private Machine() {}

    /** Number of processors and their model. */
    public static String description() {
        int processors = Runtime.getRuntime().availableProcessors();
        return processors + " x " + model();
    }

    private static String model() {
        String unknown = System.getProperty("os.arch");
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(l -> l.startsWith("model name")).findFirst().map(l -> l.substring(l.indexOf(':') + 1))
                    .orElse(unknown).trim();
        } catch (IOException e) {
            return unknown;
        }
    }
}
