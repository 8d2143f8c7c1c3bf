package org.regstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regstream.core.line.Network;
import org.regstream.service.page.PageReceipt;

class PictureTimesTest {

    private static final double TOLERANCE_MILLIS = 200;
    private final PictureTimes times = new PictureTimes();
    private final Instant start = Instant.now();

    @Test
    void shouldTakeTheTimeFromTheLastSliceToTheFirstReceipt() {
        // given: labels that arrive now, 300 ms after their last slice; the picture follows 1000 ms after that
        labels("a", 1, Network.STUDENT, 300);
        shown("a", 1000);
        shown("a", 5000);

        TrialSummary.Pictures pictures = times.summary(0).orElseThrow();

        assertThat(pictures.totalMillis().count()).isEqualTo(1);
        assertThat(pictures.totalMillis().p50()).isCloseTo(1300, within(TOLERANCE_MILLIS));
        assertThat(pictures.modelMillis().p50()).isEqualTo(100);
        assertThat(pictures.ownMillis().p50())
                .isCloseTo(pictures.totalMillis().p50() - pictures.modelMillis().p50(), within(1e-9));
    }

    @Test
    void shouldTakeReceiptsThatComeBeforeTheirLabels() {
        shown("a", 10);
        labels("a", 1, Network.STUDENT, 300);

        assertThat(times.summary(0)).isPresent();
    }

    @Test
    void shouldLeaveOutTheEnsembleTheWarmUpAndWhatNoPageShowed() {
        for (int n = 1; n <= 4; n++) {
            labels("s" + n, n, Network.STUDENT, 300);
            labels("e" + n, n, Network.ENSEMBLE, 900);
            shown("e" + n, 10);
        }
        shown("s1", 10);
        shown("s2", 10);
        shown("s4", 10);

        assertThat(times.summary(1).orElseThrow().totalMillis().count()).isEqualTo(2);
    }

    @Test
    void shouldSayNothingWhereNoPageWasOpen() {
        labels("a", 1, Network.STUDENT, 300);

        assertThat(times.summary(0)).isEmpty();
        assertThat(new PictureTimes().summary(3)).isEmpty();
    }

    private void labels(String eventId, int number, Network source, double totalMillis) {
        times.made(new DisplayEvent.Labels(eventId, source, new byte[0], 0, 100, 0, Map.of(), System.nanoTime()),
                new VolumeScore(number, source, totalMillis, 0, 100, 0, Optional.empty(), Map.of()));
    }

    private void shown(String eventId, long millis) {
        times.shown(new PageReceipt("p1", "page-1", false, Optional.of(eventId),
                start.plus(Duration.ofMillis(millis))));
    }
}
