package org.regstream.gateway.operate;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** One JSON object a line: {@code time, level, logger, thread, message, error}. */
final class JsonLines extends Formatter {

    private static final int FIRST_PRINTABLE = 0x20;

    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder("{");
        field(line, "time", record.getInstant().toString());
        field(line.append(','), "level", record.getLevel().getName());
        field(line.append(','), "logger", record.getLoggerName());
        field(line.append(','), "thread", Thread.currentThread().getName());
        field(line.append(','), "message", formatMessage(record));
        if (record.getThrown() != null) {
            field(line.append(','), "error", stackOf(record.getThrown()));
        }
        return line.append("}\n").toString();
    }

    private static void field(StringBuilder line, String name, String value) {
        line.append('"').append(name).append("\":\"");
        String.valueOf(value).chars().forEach(c -> escape(line, (char) c));
        line.append('"');
    }

    private static void escape(StringBuilder line, char c) {
        if (c == '"' || c == '\\') {
            line.append('\\').append(c);
        } else if (c < FIRST_PRINTABLE) {
            line.append(String.format("\\u%04x", (int) c));
        } else {
            line.append(c);
        }
    }

    private static String stackOf(Throwable error) {
        StringWriter stack = new StringWriter();
        error.printStackTrace(new PrintWriter(stack, true));
        return stack.toString();
    }
}
