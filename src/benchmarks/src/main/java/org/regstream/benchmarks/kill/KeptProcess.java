package org.regstream.benchmarks.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.regstream.core.RegstreamException;

/** A process that is started again whenever it has ended, as an orchestrator does. Thread-safe. */
final class KeptProcess implements AutoCloseable {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Duration KILL_LIMIT = Duration.ofSeconds(20);

    private final List<String> command;
    private final Path temporary;
    private final Path log;
    private Process process;
    private long startAt = System.nanoTime();
    private boolean isExpectedToRun;
    private int ownEnds;

    /**
     * @param command   of a Java machine, without the machine
     * @param temporary its temporary files, emptied before each start: who is killed cleans nothing up
     * @param log       gets what it prints; appended to
     */
    KeptProcess(List<String> command, Path temporary, Path log) {
        this.command = Stream.concat(Stream.of(JAVA.toString(), "-Djava.io.tmpdir=" + temporary), command.stream())
                .toList();
        this.temporary = temporary;
        this.log = log;
    }

    /** Starts it if it does not run, and is not to be down. To be called several times a second. */
    synchronized void keep() {
        if (isAlive() || System.nanoTime() - startAt < 0) {
            return;
        }
        ownEnds += isExpectedToRun ? 1 : 0;
        isExpectedToRun = true;
        try {
            empty(temporary);
            process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.get(0), e);
        }
    }

    private static void empty(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).filter(path -> !path.equals(folder)).toList()) {
                Files.delete(path);
            }
        }
    }

    /** As {@code kill -9}. @param down so long it is not started again */
    synchronized void kill(Duration down) {
        process.destroyForcibly();
        await(KILL_LIMIT, down);
    }

    /** As {@code kill}. @param limit then as {@code kill -9} */
    synchronized void stop(Duration limit, Duration down) {
        process.destroy();
        await(limit, Duration.ZERO);
        kill(down);
    }

    private void await(Duration limit, Duration down) {
        isExpectedToRun = false;
        try {
            process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegstreamException("interrupted while a process was to end", e);
        }
        startAt = System.nanoTime() + down.toNanos();
    }

    /** @return how often it ended without having been told to */
    synchronized int ownEnds() {
        return ownEnds;
    }

    private boolean isAlive() {
        return process != null && process.isAlive();
    }

    @Override
    public synchronized void close() {
        if (isAlive()) {
            process.destroyForcibly();
        }
    }
}
