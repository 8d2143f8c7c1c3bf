package org.regstream.gateway.operate;

import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sets up the log of the process: standard error, one line a record. */
public final class Logs {

    private static final String ONE_LINE = "%1$tFT%1$tT.%1$tLZ %4$-7s %3$s: %5$s%6$s%n";

    /**
     * Never below WARNING: at INFO and DEBUG dcm4che writes what peers sent, names of patients included. Held here, since
     * java.util.logging forgets the levels of loggers nobody holds.
     */
    private static final List<Logger> QUIET = List.of(Logger.getLogger("org.dcm4che3"),
            Logger.getLogger("org.apache.kafka"),
            Logger.getLogger("com.twelvemonkeys"));

    private Logs() {}

    /** @param json one JSON object a line instead of text */
    public static void install(boolean json) {
        System.setProperty("java.util.logging.SimpleFormatter.format", ONE_LINE);
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        Formatter formatter = json ? new JsonLines() : new SimpleFormatter();
        ConsoleHandler console = new ConsoleHandler();
        console.setFormatter(formatter);
        root.addHandler(console);
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
    }
}
