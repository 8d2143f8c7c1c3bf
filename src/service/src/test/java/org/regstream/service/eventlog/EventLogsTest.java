package org.regstream.service.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.ConfigurationException;
import org.regstream.core.alert.AlertSettings;
import org.regstream.core.assembly.AssemblyPolicy;
import org.regstream.core.line.Event;
import org.regstream.core.line.LineRules;
import org.regstream.core.line.Moment;
import org.regstream.core.line.StoredAlerts;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.procedure.ProcedureFacts;
import org.regstream.core.testkit.FakeModel;
import org.regstream.eventlog.EventLog;
import org.regstream.eventlog.LogEnd;
import org.regstream.service.line.EventRecorder;
import org.regstream.service.line.HeldFrame;
import org.regstream.service.line.ThreadRoots;
import org.regstream.service.testing.HandClock;

class EventLogsTest {

    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    private static final long SMALL = 1 << 16;

    @TempDir
    Path folder;

    private final Random random = new Random(1);
    private final List<EventLogs> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(EventLogs::close);
    }

    @Test
    void shouldKeepOneFileAProcedureForItsOwnerAlone() throws IOException {
        EventLogs logs = logs(folder);
        tick(logs.make(rules("p1"), 0), 3);
        tick(logs.make(rules("p2"), 0), 2);
        logs.close();

        assertThat(files()).extracting(file -> file.getFileName().toString())
                .containsExactly("p1-20261121T080000Z.jsonl.gz", "p2-20261121T080000Z.jsonl.gz");
        for (Path file : files()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        }
        assertThat(steps(files().get(0))).isEqualTo(3);
        assertThat(end(files().get(0))).contains(LogEnd.STOPPED);
    }

    /** Two runs of one second, or a procedure that was replaced: neither writes into the other's. */
    @Test
    void shouldKeepEachRunsLog() throws IOException {
        for (int run = 1; run <= 2; run++) {
            EventLogs logs = logs(folder);
            tick(logs.make(rules("p1"), 0), run);
            logs.close();
        }

        assertThat(files()).extracting(file -> file.getFileName().toString())
                .containsExactly("p1-20261121T080000Z-2.jsonl.gz", "p1-20261121T080000Z.jsonl.gz");
        assertThat(steps(files().get(0))).isEqualTo(2);
        assertThat(steps(files().get(1))).isEqualTo(1);
    }

    @Test
    void shouldStayInItsFolderWhateverAProcedureIsCalled() throws IOException {
        Path inside = folder.resolve("logs");
        EventLogs logs = logs(inside);
        for (String id : List.of("../evil", "..", "/etc/passwd", "a\0b", "\\\\host\\x", "ä b")) {
            tick(logs.make(rules(id), 0), 1);
        }
        logs.close();

        assertThat(files()).containsExactly(inside);
        try (Stream<Path> all = Files.list(inside)) {
            assertThat(all.map(file -> file.getFileName().toString())).hasSize(6)
                    .allMatch(name -> name.matches("[A-Za-z0-9_][A-Za-z0-9._-]*\\.jsonl\\.gz"));
        }
    }

    @Test
    @Timeout(60)
    void shouldEndALogThatIsFull() throws IOException {
        EventLogs logs = logs(folder);
        EventRecorder recorder = logs.make(rules("p1"), 0);
        for (int n = 0; n < 50; n++) {
            recorder.onStep(new Event.Unpublishable<>(n, noise(20_000)), at(n), List.of());
        }
        logs.close();

        Path file = files().get(0);
        assertThat(end(file)).contains(LogEnd.FULL);
        assertThat(steps(file)).isBetween(2L, 49L);
        assertThat(Files.size(file)).isBetween(SMALL, 2 * SMALL);
    }

    @Test
    @Timeout(60)
    void shouldEndALogThatTheDiskIsTooSlowFor() throws Exception {
        EventLogs logs = logs(folder);
        ProcedureLog recorder = (ProcedureLog) logs.make(rules("p1"), 0);
        EventRecorder other = logs.make(rules("p2"), 0);
        CountDownLatch disk = new CountDownLatch(1);
        logs.offer(recorder, () -> await(disk));

        tick(recorder, EventLogs.MOST_WAITING + 100);
        disk.countDown();
        awaitEnd("p1", LogEnd.OVERFLOW);
        tick(recorder, 1);
        tick(other, 2);
        logs.close();

        assertThat(steps(file("p1"))).isBetween(EventLogs.MOST_WAITING - 100L, EventLogs.MOST_WAITING + 1L);
        assertThat(steps(file("p2"))).as("another procedure's").isEqualTo(2);
    }

    @Test
    void shouldGoOnWithoutADisk() throws IOException {
        Path noFolder = Files.createFile(folder.resolve("file"));
        EventLogs logs = logs(noFolder);
        EventRecorder recorder = logs.make(rules("p1"), 0);

        assertThatCode(() -> tick(recorder, 10)).doesNotThrowAnyException();
        logs.close();
        assertThatCode(() -> tick(recorder, 10)).doesNotThrowAnyException();

        assertThat(files()).containsExactly(noFolder);
    }

    /** As a kill leaves it: never closed. */
    @Test
    @Timeout(60)
    void shouldHaveOnDiskWhatIsOlderThanASecond() throws Exception {
        EventLogs logs = logs(folder);
        tick(logs.make(rules("p1"), 0), 7);

        while (files().isEmpty() || !isBegun(files().get(0)) || steps(files().get(0)) < 7) {
            Thread.sleep(20);
        }

        assertThat(end(files().get(0))).contains(LogEnd.CUT_OFF);
    }

    @Test
    void shouldCloseTheLogOfAProcedureThatIsOverOnceNothingComesAnyMore() throws IOException {
        EventLogs logs = logs(folder);
        ProcedureLog recorder = (ProcedureLog) logs.make(rules("p1"), 0);
        tick(recorder, 2);
        recorder.onOver();
        tick(recorder, 1);
        for (int second = 0; second < 20; second++) {
            logs.offer(recorder, recorder::flush);
        }
        tick(recorder, 1);
        logs.close();

        assertThat(end(files().get(0))).contains(LogEnd.OVER);
        assertThat(steps(files().get(0))).isBetween(3L, 4L);
    }

    @Test
    void shouldRefuseALimitThatNoLogFitsInto() {
        assertThatThrownBy(() -> new LogSettings(folder, SMALL - 1, "0.1.0")).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("regstream.event-log.max-bytes must be at least 64K");
    }

    private EventLogs logs(Path where) {
        EventLogs logs = new EventLogs(new LogSettings(where, SMALL, "0.1.0"), new HandClock(START),
                new ThreadRoots(() -> {
                }));
        open.add(logs);
        return logs;
    }

    private static void tick(EventRecorder recorder, int times) {
        for (int n = 0; n < times; n++) {
            recorder.onStep(new Event.Tick<HeldFrame>(), at(n), List.of());
        }
    }

    private static Moment at(int n) {
        return new Moment(START.plusMillis(n), Duration.ofMillis(n), StoredAlerts.NONE, true);
    }

    /** That no compression makes small. */
    private String noise(int length) {
        StringBuilder text = new StringBuilder();
        random.ints(length, ' ', '~').forEach(c -> text.append((char) c));
        return text.toString();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEnd(String id, LogEnd wanted) throws Exception {
        while (!isBegun(file(id)) || !end(file(id)).equals(Optional.of(wanted))) {
            Thread.sleep(50);
        }
    }

    /** More than the head of a compressed file is on disk. */
    private static boolean isBegun(Path file) throws IOException {
        return Files.size(file) > 50;
    }

    private Path file(String id) throws IOException {
        return files().stream().filter(file -> file.getFileName().toString().startsWith(id)).findFirst().orElseThrow();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    private static long steps(Path file) throws IOException {
        try (EventLog log = EventLog.open(file)) {
            long steps = 0;
            while (log.next().isPresent()) {
                steps++;
            }
            return steps;
        }
    }

    private static Optional<LogEnd> end(Path file) throws IOException {
        try (EventLog log = EventLog.open(file)) {
            while (log.next().isPresent()) {
                // to its end
            }
            return log.end();
        }
    }

    private static LineRules rules(String id) {
        return new LineRules(
                new ProcedureFacts(id, List.of(FakeModel.HEAD), Optional.empty(), Duration.ofSeconds(10)), "00",
                AssemblyPolicy.DEFAULT, FakeModel.manifest(new ModelGrid(8, 8, 8, 1, "LPS")).thresholds(),
                AlertSettings.withAgeBudget(Duration.ofSeconds(10)), false, 100, "run-1", "cpu");
    }
}
