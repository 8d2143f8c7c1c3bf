package org.regstream.core.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.alert.AlertCode;

/** A volume is given up when its series is silent, and not when nothing could be heard. */
class StreamTimeTest {

    private final World world = new World(false);

    /** Its frames lie at the broker meanwhile; time is the first thing that it is told of. */
    @ParameterizedTest
    @ValueSource(longs = {3, 4, 30, 3600})
    void shouldCompleteAVolumeAfterThisProcessWasHeldUp(long seconds) {
        world.slice(0);
        world.pass(Duration.ofMillis(400));

        world.hold(Duration.ofSeconds(seconds));
        world.slice(1);
        world.hold(Duration.ofSeconds(seconds));
        world.slice(2);

        assertThat(world.isAskedFor(Network.STUDENT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4, 20})
    void shouldCompleteAVolumeAfterTheBrokerWasSilent(long seconds) {
        world.slice(0);

        world.passUnanswered(Duration.ofSeconds(seconds));
        world.pass(Duration.ofMillis(400));
        world.slice(1);
        world.slice(2);

        assertThat(world.isAskedFor(Network.STUDENT)).isTrue();
    }

    /** Whatever came before it. */
    @Test
    void shouldGiveUpAVolumeWhoseSeriesIsSilentForItsTime() {
        world.slice(0);
        world.hold(Duration.ofSeconds(60));
        world.passUnanswered(Duration.ofSeconds(10));

        world.pass(Duration.ofSeconds(2));
        assertThat(world.open()).noneMatch(alert -> alert.code() == AlertCode.GAP);
        world.pass(Duration.ofSeconds(3));
        assertThat(world.open()).anyMatch(alert -> alert.code() == AlertCode.GAP);
    }

    /** Several short ones, as on a machine with too much to do, are no silence either. */
    @Test
    void shouldCountNoMoreThanItsShareOfManyShortPauses() {
        world.slice(0);

        for (int pause = 0; pause < 5; pause++) {
            world.hold(Duration.ofSeconds(2));
        }
        world.slice(1);
        world.slice(2);

        assertThat(world.isAskedFor(Network.STUDENT)).isTrue();
    }
}
