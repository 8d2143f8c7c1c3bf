package org.regstream.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.regstream.core.ConfigurationException;

class ScheduleTest {

    @Test
    void shouldFollowEquation8ByHand() {
        // T = 8 and M = 2: cycles of 4 steps, cos of 0, 45, 90 and 135 degrees
        Schedule schedule = new Schedule(0.1, 2);
        double[] cycle = {0.1, 0.05 * (1 + Math.sqrt(0.5)), 0.05, 0.05 * (1 - Math.sqrt(0.5))};

        for (int step = 1; step <= 8; step++) {
            assertThat(schedule.at(step, 8)).isCloseTo(cycle[(step - 1) % 4], within(1e-12));
        }
    }

    @Test
    void shouldEndEachCycleWithASnapshot() {
        Schedule schedule = new Schedule(0.1, 3);

        // ceil(8 / 3) = 3; the last cycle is cut off by the end of the run
        assertThat(LongStream.rangeClosed(1, 8).filter(s -> schedule.endsCycle(s, 8))).containsExactly(3L, 6L, 8L);
        assertThat(schedule.cycle(3, 8)).isEqualTo(1);
        assertThat(schedule.cycle(4, 8)).isEqualTo(2);
        assertThat(schedule.cycle(8, 8)).isEqualTo(3);
    }

    @Test
    void shouldGoALongWayFirstAndThenEndShortCyclesWithMembers() {
        Schedule schedule = new Schedule(0.1, 5, 0.6);

        // 60 steps, then four cycles of 10 from three tenths of the rate
        assertThat(LongStream.rangeClosed(1, 100).filter(s -> schedule.endsCycle(s, 100)))
                .containsExactly(60L, 70L, 80L, 90L, 100L);
        assertThat(schedule.at(1, 100)).isEqualTo(0.1);
        assertThat(schedule.at(31, 100)).isCloseTo(0.05, within(1e-12));
        assertThat(schedule.at(61, 100)).isCloseTo(0.03, within(1e-12));
        assertThat(schedule.at(66, 100)).isCloseTo(0.015, within(1e-12));
        assertThat(schedule.cycle(60, 100)).isEqualTo(1);
        assertThat(schedule.cycle(61, 100)).isEqualTo(2);
        assertThat(schedule.cycle(100, 100)).isEqualTo(5);
    }

    @Test
    void shouldRefuseALeadThatNoCycleFollows() {
        assertThatThrownBy(() -> new Schedule(0.1, 1, 0.5)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("got 0.5 of 1 cycles");
        assertThatThrownBy(() -> new Schedule(0.1, 3, 1)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void shouldKeepTheRateWithoutCycles() {
        assertThat(new Schedule(0.1, 0).at(7, 8)).isEqualTo(0.1);
        assertThat(new Schedule(0.1, 0).endsCycle(8, 8)).isFalse();
    }

    @Test
    void shouldRefuseARateThatIsNotPositive() {
        assertThatThrownBy(() -> new Schedule(0, 1)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("got 0.0");
    }
}
