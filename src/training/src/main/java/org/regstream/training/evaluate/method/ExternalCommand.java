package org.regstream.training.evaluate.method;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.regstream.core.ConfigurationException;
import org.regstream.training.evaluate.row.RowUnavailableException;

/**
 * A program outside, started without a shell. Its output is read to the end, of which the last {@value #KEPT} bytes are kept for
 * the message should it fail.
 *
 * @param words     of the command, with placeholders
 * @param timeLimit after which it is ended, with all that it started
 */
record ExternalCommand(List<String> words, Duration timeLimit) {

    /** Each must stand in the command. */
    static final List<String> PLACEHOLDERS = List.of("{fixed}", "{moving}", "{labels}", "{out}");

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
    private static final int KEPT = 2000;
    private static final Duration END_PATIENCE = Duration.ofSeconds(5);

    ExternalCommand {
        words = List.copyOf(words);
        if (timeLimit.isNegative() || timeLimit.isZero()) {
            throw new ConfigurationException("the time limit of an outside program must be positive, got " + timeLimit);
        }
    }

    /**
     * @param template words apart by blanks, quoted with " or ' where a word holds blanks
     * @throws ConfigurationException if a placeholder is missing
     */
    static ExternalCommand parse(String template, Duration timeLimit) {
        for (String placeholder : PLACEHOLDERS) {
            if (!template.contains(placeholder)) {
                throw new ConfigurationException("the command of an outside program must hold "
                        + String.join(", ", PLACEHOLDERS) + ", got \"" + template + "\" without " + placeholder);
            }
        }
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(template);
        while (matcher.find()) {
            words.add(matcher.group().replaceAll("^([\"'])(.*)\\1$", "$2"));
        }
        return new ExternalCommand(words, timeLimit);
    }

    /**
     * @param values placeholder to what stands for it
     * @throws RowUnavailableException if the program cannot be started, fails or takes too long
     */
    void run(Path folder, Map<String, Path> values) {
        Process process = start(folder, values);
        Tail tail = new Tail(process.getInputStream());
        Thread reader = new Thread(tail, "outside-program-output");
        reader.setDaemon(true);
        reader.start();
        try {
            if (!process.waitFor(timeLimit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new RowUnavailableException(
                        name() + " took longer than " + timeLimit.toSeconds() + " s for a pair");
            }
            reader.join(END_PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RowUnavailableException(name() + " was interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new RowUnavailableException(
                    name() + " ended with exit code " + process.exitValue() + ": " + tail.text());
        }
    }

    private Process start(Path folder, Map<String, Path> values) {
        List<String> filled = words.stream().map(word -> filled(word, values)).toList();
        try {
            Process process = new ProcessBuilder(filled).directory(folder.toFile()).redirectErrorStream(true).start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new RowUnavailableException(
                    "not installed: " + name() + " cannot be started (" + e.getMessage() + ")",
                    e);
        }
    }

    private static String filled(String word, Map<String, Path> values) {
        String filled = word;
        for (Map.Entry<String, Path> value : values.entrySet()) {
            filled = filled.replace(value.getKey(), value.getValue().toString());
        }
        return filled;
    }

    private String name() {
        return words.get(0);
    }

    /** Reads all, keeps the end. */
    private static final class Tail implements Runnable {
        private final InputStream in;
        private byte[] end = new byte[0];

        Tail(InputStream in) {
            this.in = in;
        }

        @Override
        public void run() {
            byte[] chunk = new byte[KEPT];
            try {
                for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                    keep(chunk, n);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private synchronized void keep(byte[] chunk, int n) {
            int old = Math.min(end.length, KEPT - n);
            byte[] joined = new byte[old + n];
            System.arraycopy(end, end.length - old, joined, 0, old);
            System.arraycopy(chunk, 0, joined, old, n);
            end = joined;
        }

        synchronized String text() {
            return new String(end, StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
        }
    }
}
