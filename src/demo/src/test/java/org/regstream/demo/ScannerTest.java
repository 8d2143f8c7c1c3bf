package org.regstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.regstream.core.RegstreamException;
import org.regstream.core.geometry.Grid;

/** A period of an hour shows what does not wait: its slices are a quarter of an hour apart. */
@Timeout(60)
class ScannerTest {

    private static final int SLICES = 4;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration QUICK = Duration.ofMillis(4);

    /** Volume and slice, in the order in which they came. */
    private final List<String> sent = new ArrayList<>();
    private final List<Integer> whole = new ArrayList<>();
    private Scanner scanner;

    @Test
    void shouldFinishAtOnceTheVolumeThatIsBeingSentAndBeginNoOther() {
        scanner = scanner(HOUR, () -> scanner.finish());

        scanner.run();

        assertThat(sent).containsExactly("1.0", "1.1", "1.2", "1.3");
        assertThat(whole).containsExactly(1);
    }

    @Test
    void shouldBeginNoVolumeOnceItIsToFinish() {
        scanner = scanner(QUICK, () -> {
            if (sent.size() == 2 * SLICES) {
                scanner.finish();
            }
        });

        scanner.run();

        assertThat(sent).hasSize(2 * SLICES).last().isEqualTo("2.3");
        assertThat(whole).containsExactly(1, 2);
    }

    @Test
    void shouldSendNothingWhenItIsToFinishBeforeItBegins() {
        scanner = scanner(HOUR, () -> {
        });
        scanner.finish();

        scanner.run();

        assertThat(sent).isEmpty();
    }

    @Test
    void shouldEndInTheMiddleOfAVolumeWhenInterrupted() {
        scanner = scanner(HOUR, () -> Thread.currentThread().interrupt());

        scanner.run();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(sent).containsExactly("1.0");
    }

    @Test
    void shouldEndWhenItsInstancesAreNotTaken() {
        scanner = scanner(QUICK, () -> {
            throw new RegstreamException("not taken");
        });

        assertThatThrownBy(scanner::run).hasMessage("not taken");
    }

    /** @param onSent called after each slice */
    private Scanner scanner(Duration period, Runnable onSent) {
        return new Scanner(new NumberedSlices(), (series, instance) -> {
            sent.add(instance[0] + "." + instance[1]);
            onSent.run();
        }, Pace.fixed(period), (volume, nanoTime) -> whole.add(volume.number()));
    }

    /** Instances of two bytes: the number of the volume, that of the slice. */
    private static final class NumberedSlices implements LiveSource {

        @Override
        public String studyInstanceUid() {
            return "2.25.1";
        }

        @Override
        public Grid grid() {
            throw new UnsupportedOperationException("a scanner does not ask for it");
        }

        @Override
        public LiveVolume volume(int number, Instant acquiredAt) {
            List<byte[]> slices = IntStream.range(0, SLICES).mapToObj(s -> new byte[]{(byte) number, (byte) s})
                    .toList();
            return new LiveVolume(number, "2.25.2", slices, Set.of(), Optional.empty());
        }
    }
}
