package org.regstream.core.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.alert.AlertCode;

/** This machine's clock is set while slices come: spans are not times of day. */
class ClockTest {

    private final World world = new World(false);

    @ParameterizedTest
    @ValueSource(longs = {3600, -3600, 86_400, 30, -30})
    void shouldCompleteTheVolumeThatIsGathered(long seconds) {
        world.slice(0);
        world.pass(Duration.ofMillis(100));
        world.slice(1);

        world.setClock(Duration.ofSeconds(seconds));
        world.pass(Duration.ofMillis(100));
        world.slice(2);

        assertThat(world.isAskedFor(Network.STUDENT)).as("a whole volume waits").isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {3600, -3600, 6})
    void shouldTellThatItWasSet(long seconds) {
        world.slice(0);
        world.pass(Duration.ofMillis(100));

        world.setClock(Duration.ofSeconds(seconds));
        world.pass(Duration.ofMillis(100));

        assertThat(world.open()).anyMatch(alert -> alert.code() == AlertCode.CLOCKS_DISAGREE);
    }

    /** A process that is not given the processor for so long has no other clock. */
    @ParameterizedTest
    @ValueSource(longs = {1, 60, 3600})
    void shouldNotTakeTimeThatPassesForAClockThatIsSet(long seconds) {
        world.slice(0);

        world.hold(Duration.ofSeconds(seconds));

        assertThat(world.open()).noneMatch(alert -> alert.code() == AlertCode.CLOCKS_DISAGREE);
    }
}
