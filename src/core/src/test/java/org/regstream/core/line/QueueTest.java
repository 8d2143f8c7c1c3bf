package org.regstream.core.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long a volume waited for a network is told apart from what is done with it. */
class QueueTest {

    private final World world = new World(false);

    @Test
    void shouldCountFromTheWholeVolumeToItsTurn() {
        world.slice(0);
        world.pass(Duration.ofMillis(300));
        world.slice(1);
        world.slice(2);

        Duration queued = world.queuedAfter(Duration.ofMillis(700), Duration.ofMillis(50));

        assertThat(queued).isEqualTo(Duration.ofMillis(700));
    }

    @Test
    void shouldNotFollowAClockThatIsSet() {
        world.slice(0);
        world.slice(1);
        world.slice(2);
        world.setClock(Duration.ofHours(-1));

        Duration queued = world.queuedAfter(Duration.ofMillis(20), Duration.ofMillis(50));

        assertThat(queued).isEqualTo(Duration.ofMillis(20));
    }
}
