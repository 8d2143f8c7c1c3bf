package org.regstream.navigation.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the server's package logs while this is open. */
final class ServerLog extends Handler implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(ServerLog.class.getPackageName());

    private final List<String> lines = new CopyOnWriteArrayList<>();

    static ServerLog open() {
        ServerLog log = new ServerLog();
        LOGGER.addHandler(log);
        return log;
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public void publish(LogRecord logRecord) {
        lines.add(new SimpleFormatter().format(logRecord));
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        LOGGER.removeHandler(this);
    }
}
