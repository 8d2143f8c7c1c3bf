package org.regstream.service.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.line.Receipt;
import org.regstream.core.testkit.FakeModel;
import org.regstream.eventlog.EventLog;
import org.regstream.eventlog.LogEnd;
import org.regstream.eventlog.LoggedStep;
import org.regstream.eventlog.Replay;
import org.regstream.service.eventlog.EventLogs;
import org.regstream.service.eventlog.LogSettings;

/** What a line has done can be replayed from its log, and the log leads to nobody. */
class RecordedLineTest extends LineBench {

    @TempDir
    Path folder;

    private EventLogs logs;

    @BeforeEach
    void record() {
        logs = new EventLogs(new LogSettings(folder, 1 << 20, "0.1.0"), clock, new ThreadRoots(() -> {
        }));
        recorders = logs;
    }

    @Test
    void shouldReplayAnOperationFromItsLog() throws IOException {
        operate();

        try (EventLog log = EventLog.open(file())) {
            Replay replay = new Replay(log.header());
            long steps = 0;
            for (Optional<LoggedStep> step = log.next(); step.isPresent(); step = log.next()) {
                assertThat(replay.step(step.get())).as("step %d", step.get().number())
                        .isEqualTo(step.get().effects());
                steps = step.get().number();
            }
            assertThat(log.end()).contains(LogEnd.STOPPED);
            assertThat(steps).isGreaterThan(40);
        }
    }

    @Test
    void shouldLeadToNobody() throws IOException {
        operate();

        String text = text();

        assertThat(text).contains("show labels 1 of the student", "show labels 2 of the ensemble", "alert");
        assertThat(text).doesNotContain("Dr Grey", "2.25.", procedure.reference().frameOfReferenceUid().orElseThrow(),
                "PHANTOM");
        sink.labels.forEach(labels -> assertThat(text).doesNotContain(labels.live().volumeId(),
                labels.live().studyInstanceUid(), labels.objects().labels().uid()));
    }

    private void operate() {
        FakeModel model = FakeModel.shifting(GRID, 0, 0, 0);
        ProcedureLine line = line(model, FakeModel.shifting(GRID, 0, 0, 0), dicom(model), Runnable::run);
        offer(line, 1, 0, 8);
        line.onReceipt(new Receipt("p1", "wall", false, Optional.of("2.25.1"), START));
        pass(line, Duration.ofSeconds(2));
        offer(line, 2, 0, 7);
        pass(line, Duration.ofSeconds(4));
        line.openAlerts().forEach(alert -> line.acknowledge(alert.alertId(), "Dr Grey", Duration.ofMinutes(1)));
        clock.now = START.plusSeconds(20);
        line.tick();
        offer(line, 3, 0, 3);
        line.onRevoked(List.of(0));
        line.end();
        line.tick();
        logs.close();
    }

    private Path file() throws IOException {
        try (var files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    private String text() throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file()))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
