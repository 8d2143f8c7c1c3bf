package org.regstream.core.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.regstream.core.assembly.SliceSeries.START;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
    void shouldGiveOneVolumeAtATime() throws InterruptedException {
        // given
        gate.offer(volume(1));
        gate.poll();
        gate.offer(volume(2));

        // when / then
        assertThat(gate.poll()).isEmpty();
        assertThat(gate.take(Duration.ofMillis(1))).isEmpty();
        gate.finish();
        assertThat(gate.poll()).isPresent();
    }

    @Test
    void shouldRefuseToFinishWhatWasNotTaken() {
        assertThatThrownBy(gate::finish).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldGiveTheWaitingVolumeBackWhenCleared() {
        // given
        Complete<String> volume = volume(1);
        gate.offer(volume);

        // when / then
        assertThat(gate.clear()).containsSame(volume);
        assertThat(gate.clear()).isEmpty();
        assertThat(gate.poll()).isEmpty();
    }

    @Test
    void shouldWakeTheWaitingWorker() throws Exception {
        // given
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> taken = pool.submit(() -> gate.take(Duration.ofSeconds(30)).isPresent());

            // when
            gate.offer(volume(1));

            // then
            assertThat(taken.get(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            pool.shutdownNow();
        }
    }

    /** Two producers, two workers: nothing lost, nothing twice, no two at once, never backwards. */
    @Test
    void shouldLoseNothingUnderContention() throws Exception {
        // given
        int perProducer = 2000;
        Set<String> seen = ConcurrentHashMap.newKeySet();
        AtomicInteger superseded = new AtomicInteger();
        AtomicInteger atWork = new AtomicInteger();
        List<Long> order = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> producers = new ArrayList<>();
            for (int p = 0; p < 2; p++) {
                Random random = new Random(p);
                int name = p;
                producers.add(pool.submit(() -> {
                    for (int n = 0; n < perProducer; n++) {
                        gate.offer(volume(n + random.nextInt(50), name + "/" + n)).ifPresent(old -> {
                            assertThat(seen.add(old.tokens().get(0))).isTrue();
                            superseded.incrementAndGet();
                        });
                    }
                }));
            }
            List<Future<?>> workers = new ArrayList<>();
            for (int w = 0; w < 2; w++) {
                workers.add(pool.submit(() -> {
                    while (seen.size() < 2 * perProducer) {
                        gate.take(Duration.ofMillis(5)).ifPresent(v -> {
                            assertThat(atWork.incrementAndGet()).isEqualTo(1);
                            order.add(v.volume().acquiredAt().toEpochMilli());
                            assertThat(seen.add(v.tokens().get(0))).isTrue();
                            atWork.decrementAndGet();
                            gate.finish();
                        });
                    }
                    return null;
                }));
            }

            // when
            for (Future<?> task : producers) {
                task.get(30, TimeUnit.SECONDS);
            }
            for (Future<?> task : workers) {
                task.get(30, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }

        // then
        assertThat(order).isSorted();
        assertThat(order.size() + superseded.get()).isEqualTo(2 * perProducer);
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
