package org.regstream.core.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Volumes are named by the second of their acquisition, and by what they are. */
class TurnsTest {

    private record Scan(int second, int name) {}

    private final Turns<Scan> turns = new Turns<>(scan -> Instant.EPOCH.plusSeconds(scan.second));

    @Test
    void shouldAskOnceAndHandOverTheWaitingVolume() {
        assertThat(turns.asks()).isFalse();
        assertThat(turns.begin()).isEmpty();
        assertThat(turns.offer(scan(1))).isEmpty();

        assertThat(turns.asks()).isTrue();
        assertThat(turns.asks()).as("again").isFalse();
        assertThat(turns.begin()).contains(scan(1));
        assertThat(turns.hasWaiting()).isFalse();
    }

    @Test
    void shouldSupersedeTheWaitingVolumeAndReturnIt() {
        turns.offer(scan(1));

        assertThat(turns.offer(scan(2))).contains(scan(1));
        assertThat(turns.begin()).contains(scan(2));
    }

    @Test
    void shouldNotLetALateOlderVolumeReplaceANewerOne() {
        turns.offer(scan(2));

        assertThat(turns.offer(scan(1))).contains(scan(1));
        assertThat(turns.begin()).contains(scan(2));
    }

    /** Its result would be published after the newer one's, and the overlay would jump back in time. */
    @Test
    void shouldNotLetALateOlderVolumeFollowANewerOneThatWasTaken() {
        turns.offer(scan(2));
        turns.begin();
        turns.end(any -> true);

        assertThat(turns.offer(scan(1))).isPresent();
        assertThat(turns.begin()).isEmpty();
    }

    /** Phases of one acquisition may carry the same time. */
    @Test
    void shouldPreferTheLaterOfferAtEqualTimes() {
        turns.offer(new Scan(1, 7));

        assertThat(turns.offer(new Scan(1, 8))).contains(new Scan(1, 7));
        assertThat(turns.begin()).contains(new Scan(1, 8));
    }

    @Test
    void shouldGiveOneVolumeAtATime() {
        turns.offer(scan(1));
        turns.begin();
        turns.offer(scan(2));

        assertThat(turns.asks()).isFalse();
        assertThat(turns.begin()).isEmpty();
        assertThat(turns.end(scan -> scan.second == 2)).as("which is not looked at").isEmpty();
        assertThat(turns.end(scan -> scan.second == 1)).isPresent();
        assertThat(turns.asks()).isTrue();
        assertThat(turns.begin()).contains(scan(2));
    }

    @Test
    void shouldLetGoOfTheWaitingVolumeIfItIsMeant() {
        turns.offer(scan(1));

        turns.withdraw(scan -> scan.second == 2);
        assertThat(turns.hasWaiting()).isTrue();
        turns.withdraw(scan -> scan.second == 1);
        assertThat(turns.begin()).isEmpty();
    }

    @Test
    void shouldTakeWhatIsDatedByAClockThatWasSetBack() {
        turns.offer(scan(3600));
        turns.begin();
        turns.end(any -> true);

        turns.setBack(Duration.ofHours(1));

        assertThat(turns.offer(scan(1))).isEmpty();
        assertThat(turns.begin()).isPresent();
    }

    /** Offers and a network in any order: nothing lost, nothing twice, no two at once, never backwards. */
    @Test
    void shouldLoseNothingWhateverTheOrder() {
        // given
        long seed = 20261121;
        Random random = new Random(seed);
        Set<Integer> seen = new HashSet<>();
        List<Integer> order = new ArrayList<>();
        boolean isAtWork = false;

        // when
        for (int n = 0; n < 2000; n++) {
            turns.offer(new Scan(n + random.nextInt(50), n)).ifPresent(old -> assertThat(seen.add(old.name)).isTrue());
            if (isAtWork && random.nextBoolean()) {
                isAtWork = turns.end(any -> true).isEmpty();
            }
            Optional<Scan> taken = random.nextBoolean() ? turns.begin() : Optional.empty();
            assertThat(isAtWork && taken.isPresent()).as("seed %d", seed).isFalse();
            isAtWork |= taken.isPresent();
            taken.ifPresent(scan -> {
                order.add(scan.second);
                assertThat(seen.add(scan.name)).isTrue();
            });
        }
        turns.end(any -> true);
        turns.begin().ifPresent(scan -> seen.add(scan.name));

        // then
        assertThat(order).isSorted();
        assertThat(seen).hasSize(2000);
    }

    private static Scan scan(int second) {
        return new Scan(second, second);
    }
}
