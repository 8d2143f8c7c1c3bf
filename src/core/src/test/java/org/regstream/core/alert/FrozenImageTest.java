package org.regstream.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.regstream.core.model.AlertThresholds;

/** A scanner that hangs, or a relay that sends its last volume again: names and times are new, pixels are not. */
class FrozenImageTest {

    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

    private AlertPolicy policy = policy(AlertMemory.NONE);
    private int volumes;

    @Test
    void shouldTellOfOneImageAgainAndAgainAndClearWhenItMoves() {
        shows(7);
        for (int repeat = 1; repeat < FrozenRule.REPEATS; repeat++) {
            assertThat(shows(7)).isEmpty();
        }

        assertThat(shows(7)).singleElement().satisfies(alert -> {
            assertThat(alert.code()).isEqualTo(AlertCode.FROZEN_IMAGE);
            assertThat(alert.priority()).isEqualTo(AlertPriority.HIGH);
            assertThat(alert.sentence()).contains("The last 4 live volumes show the same image");
        });
        shows(7);
        assertThat(policy.open()).hasSize(1);
        shows(8);
        policy.onTick(START.plusSeconds(volumes + 60));
        assertThat(policy.open()).isEmpty();
    }

    /** Two that take turns move, as far as anybody knows; a repeat now and then is a sender's. */
    @Test
    void shouldSayNothingOfImagesThatChange() {
        for (int round = 0; round < 20; round++) {
            assertThat(shows(round)).isEmpty();
            assertThat(shows(round)).isEmpty();
        }
    }

    /** It comes again after a restart, or because its acknowledgement was lost. */
    @Test
    void shouldNotCountOneVolumeTwice() {
        for (int time = 0; time < 20; time++) {
            assertThat(policy.onPixels("v", START, 7, START.plusSeconds(time))).isEmpty();
        }
    }

    /** It knows that the image stood still, and not which one it was. */
    @Test
    void shouldKeepItOpenOverARestartUntilTwoImagesDiffer() {
        for (int volume = 0; volume <= FrozenRule.REPEATS; volume++) {
            shows(7);
        }
        policy = policy(policy.memory().takenOver(START.plusSeconds(volumes)));

        shows(7);
        shows(7);
        policy.onTick(START.plusSeconds(volumes + 60));
        assertThat(policy.open()).extracting(Alert::code).containsExactly(AlertCode.FROZEN_IMAGE);
        volumes += 60;
        shows(8);
        policy.onTick(START.plusSeconds(volumes + 60));
        assertThat(policy.open()).isEmpty();
    }

    private List<Alert> shows(long pixels) {
        Instant at = START.plusSeconds(++volumes);
        return policy.onPixels("v" + volumes, at, pixels, at);
    }

    private static AlertPolicy policy(AlertMemory memory) {
        return new AlertPolicy("p", List.of("head"), new AlertThresholds("1", 0.01, Map.of("head", 0.5), "made up"),
                AlertSettings.withAgeBudget(Duration.ofSeconds(2)), memory);
    }
}
