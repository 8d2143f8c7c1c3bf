package org.regstream.core.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.regstream.core.assembly.SliceSeries.START;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.regstream.core.assembly.AssemblyOutcome.Complete;

/** Volumes are named by the second of their acquisition. */
@Timeout(60)
class FreshestVolumeGateTest {

    private final FreshestVolumeGate<Complete<String>> gate = new FreshestVolumeGate<>(v -> v.volume().acquiredAt());

    @Test
    void shouldHandOverTheWaitingVolume() {
        // given
        Complete<String> volume = volume(1);

        // when / then
        assertThat(gate.poll()).isEmpty();
        assertThat(gate.offer(volume)).isEmpty();
        assertThat(gate.hasWaiting()).isTrue();
        assertThat(gate.poll()).containsSame(volume);
        assertThat(gate.hasWaiting()).isFalse();
    }

    @Test
    void shouldSupersedeTheWaitingVolumeAndReturnIt() {
        // given
        Complete<String> older = volume(1);
        Complete<String> newer = volume(2);
        gate.offer(older);

        // when / then
        assertThat(gate.offer(newer)).containsSame(older);
        assertThat(gate.poll()).containsSame(newer);
    }

    @Test
    void shouldNotLetALateOlderVolumeReplaceANewerOne() {
        // given
        Complete<String> late = volume(1);
        gate.offer(volume(2));

        // when / then
        assertThat(gate.offer(late)).containsSame(late);
        assertThat(gate.poll()).hasValueSatisfying(v -> assertThat(v.tokens()).containsExactly("2"));
    }

    /** Its result would be published after the newer one's, and the overlay would jump back in time. */
    @Test
    void shouldNotLetALateOlderVolumeFollowANewerOneThatWasTaken() {
        // given
        gate.offer(volume(2));
        gate.poll();
        gate.finish();

        // when / then
        assertThat(gate.offer(volume(1))).isPresent();
        assertThat(gate.poll()).isEmpty();
    }

    /** Phases of one acquisition may carry the same time. */
    @Test
    void shouldPreferTheLaterOfferAtEqualTimes() {
        // given
        Complete<String> first = volume(1);
        Complete<String> second = volume(1);
        gate.offer(first);

        // when / then
        assertThat(gate.offer(second)).containsSame(first);
        assertThat(gate.poll()).containsSame(second);
    }

    @Test
    void shouldGiveOneVolumeAtATime() {
        // given
        gate.offer(volume(1));
        gate.poll();
        gate.offer(volume(2));

        // when / then
        assertThat(gate.poll()).isEmpty();
        gate.finish();
        assertThat(gate.poll()).isPresent();
    }

    @Test
    void shouldRefuseToFinishWhatWasNotTaken() {
        assertThatThrownBy(gate::finish).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldLetGoOfTheWaitingVolumeIfItIsMeant() {
        // given
        Complete<String> volume = volume(1);
        gate.offer(volume);

        // when / then
        gate.withdraw(waiting -> waiting != volume);
        assertThat(gate.hasWaiting()).isTrue();
        gate.withdraw(waiting -> waiting == volume);
        assertThat(gate.poll()).isEmpty();
    }

    @Test
    void shouldTakeWhatIsDatedByAClockThatWasSetBack() {
        // given
        gate.offer(volume(3600));
        gate.poll();
        gate.finish();

        // when
        gate.setBack(Duration.ofHours(1));

        // then
        assertThat(gate.offer(volume(1))).isEmpty();
        assertThat(gate.poll()).isPresent();
    }

    /** Offers and a worker in any order: nothing lost, nothing twice, no two at once, never backwards. */
    @Test
    void shouldLoseNothingWhateverTheOrder() {
        // given
        long seed = 20261121;
        Random random = new Random(seed);
        Set<String> seen = new HashSet<>();
        List<Long> order = new ArrayList<>();
        boolean isAtWork = false;

        // when
        for (int n = 0; n < 2000; n++) {
            gate.offer(volume(n + random.nextInt(50), String.valueOf(n)))
                    .ifPresent(old -> assertThat(seen.add(old.tokens().get(0))).isTrue());
            if (isAtWork && random.nextBoolean()) {
                gate.finish();
                isAtWork = false;
            }
            Optional<Complete<String>> taken = random.nextBoolean() ? gate.poll() : Optional.empty();
            assertThat(isAtWork && taken.isPresent()).as("seed %d", seed).isFalse();
            isAtWork |= taken.isPresent();
            taken.ifPresent(v -> {
                order.add(v.volume().acquiredAt().toEpochMilli());
                assertThat(seen.add(v.tokens().get(0))).isTrue();
            });
        }
        if (isAtWork) {
            gate.finish();
        }
        gate.poll().ifPresent(v -> seen.add(v.tokens().get(0)));

        // then
        assertThat(order).isSorted();
        assertThat(seen).hasSize(2000);
    }

    private static Complete<String> volume(int second) {
        return volume(second, String.valueOf(second));
    }

    private static Complete<String> volume(int second, String token) {
        List<Frame> frames = SliceSeries.axial().declaring(2).frames(2).stream()
                .map(f -> SliceSeries.acquiredAt(f, START.plusSeconds(second))).toList();
        FrameAssembler<String> assembler = new FrameAssembler<>(AssemblyPolicy.DEFAULT);
        assembler.offer(frames.get(0), token, START.plusSeconds(100_000));
        Complete<String> complete = AssemblyAssertions
                .complete(assembler.offer(frames.get(1), token, START.plusSeconds(100_000)));
        return new Complete<>(complete.volume(), List.of(token));
    }
}
