package org.regstream.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regstream.core.DecodeException;

class DamagedLogTest {

    @TempDir
    Path folder;

    private final List<String> lines = Recording.whole();

    @Test
    void shouldReadALogCompressedOrNot() throws IOException {
        Path plain = Files.write(folder.resolve("plain"), Recording.bytes(lines));
        Path gzip = Files.write(folder.resolve("gzip"), Recording.gzip(Recording.bytes(lines)));

        for (Path file : List.of(plain, gzip)) {
            EventLog log = EventLog.open(file);
            assertThat(Recording.steps(log)).hasSize(lines.size() - 2);
            assertThat(log.end()).contains(LogEnd.OVER);
        }
    }

    /** As a kill leaves it. */
    @Test
    void shouldReadWhatIsWholeWhereverALogIsCutOff() throws IOException {
        byte[] whole = Recording.gzip(Recording.bytes(lines));
        long before = 0;
        for (int length = whole.length / 8; length < whole.length; length += whole.length / 23) {
            Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
            EventLog log = EventLog.open(file);

            List<LoggedStep> steps = Recording.steps(log);

            assertThat(Recording.firstDifference(EventLog.open(file))).isEmpty();
            assertThat((long) steps.size()).isGreaterThanOrEqualTo(before);
            assertThat(log.end()).isPresent();
            before = steps.size();
        }
        assertThat(before).isGreaterThan(lines.size() / 2);
    }

    @Test
    void shouldPassOverALineThatIsNotWhole() {
        List<String> cut = new ArrayList<>(lines.subList(0, 4));
        byte[] bytes = Recording.bytes(cut);
        EventLog log = Recording.read(cut.subList(0, 3));

        assertThat(Recording.steps(log)).hasSize(2);
        assertThat(log.end()).contains(LogEnd.CUT_OFF);
        assertThat(bytes).isNotEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoLog() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        Path half = Files.write(folder.resolve("half"), Arrays.copyOf(Recording.gzip(new byte[100]), 7));

        for (Path file : List.of(empty, half)) {
            assertThatThrownBy(() -> EventLog.open(file)).isInstanceOf(DecodeException.class)
                    .hasMessageContaining("no event log");
        }
    }

    @Test
    void shouldRefuseALineWithoutEnd() {
        byte[] endless = new byte[LogFileLines.MOST_BYTES + 1];
        Arrays.fill(endless, (byte) ' ');
        Path file = folder.resolve("endless");

        assertThatThrownBy(() -> EventLog.open(Files.write(file, endless))).isInstanceOf(DecodeException.class)
                .hasMessageContaining("line 1 must have at most");
    }

    @Test
    void shouldRefuseWhatIsDamagedInTheMiddle() throws IOException {
        byte[] gzip = Recording.gzip(Recording.bytes(lines));
        Arrays.fill(gzip, gzip.length / 2, gzip.length / 2 + 200, (byte) 0xff);
        Path file = Files.write(folder.resolve("damaged"), gzip);

        assertThatThrownBy(() -> Recording.steps(EventLog.open(file))).isInstanceOf(DecodeException.class)
                .hasMessageContaining("damaged");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "0 | \"eventLog\":2 | \"eventLog\":3 | eventLog must be 2, got 3, written by another version",
            "0 | \"eventLog\":2 | \"log\":1 | eventLog must be 2, got no event log",
            "0 | \"isAssessed\":true | \"isAssessed\":7 | header.rules.isAssessed must be boolean, got 7",
            "0 | \"maxFrames\":4096 | \"maxFrames\":1 | maxFrames must be at least 2",
            "1 | {\"step\":1 | {\"step\":3 | step must be 1, got 3",
            "1 | {\"step\":1 | [{\"step\":1 | a line must be a JSON object, got none",
            "1 | {\"step\":1 | {\"stop\":1 | a line must have the keys",
            "1 | \"type\":\"FrameCame\" | \"type\":\"Came\" | event.type must be one of [Acknowledged, Confirmed, Deleted,",
            "1 | \"uptime\":\"PT0S\" | \"uptime\":\"soon\" | at.uptime must be a time as ISO 8601 has it, got \"soon\"",
            "1 | \"partition\":0 | \"partition\":1e9999 | event.token.partition must be int",
            "1 | \"declaredSlices\" | \"declared\" | event.frame has a declared that is not known",
            "1 | \"depth\":1, | \"depth\":2, | slices must be [1, H, W]",
            "1 | \"height\": | \"height\":99999999 | must have 1 to 268435456 voxels",
            "1 | \"kept\" | \"held\" | at has a held that is not known"})
    void shouldSayWhereALogIsDamaged(int line, String text, String other, String message) {
        assertThat(lines.get(line)).contains(text);
        List<String> damaged = new ArrayList<>(lines);
        damaged.set(line, lines.get(line).replace(text, other));

        assertThatThrownBy(() -> Recording.steps(Recording.read(damaged))).isInstanceOf(DecodeException.class)
                .hasMessageContaining("line " + (line + 1) + ": ").hasMessageContaining(message)
                .hasMessageContaining("read it with the regstream that its first line names");
    }

    @Test
    void shouldRefuseMoreAfterTheEnd() {
        List<String> more = new ArrayList<>(lines);
        more.add(lines.get(1));

        assertThatThrownBy(() -> Recording.steps(Recording.read(more))).isInstanceOf(DecodeException.class)
                .hasMessageContaining("the last line must be that of the end");
    }
}
