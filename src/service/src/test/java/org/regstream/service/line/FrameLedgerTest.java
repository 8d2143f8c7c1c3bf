package org.regstream.service.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.regstream.dicom.DicomObject;
import org.junit.jupiter.api.Test;

class FrameLedgerTest {

    private final FrameLedger ledger = new FrameLedger();

    @Test
    void shouldReleaseAVolumeHighestOffsetFirst() {
        List<HeldFrame> volume = taken(0, 0, 1, 2);

        assertThat(offsets(ledger.settle(volume))).containsExactly(2L, 1L, 0L);
        assertThat(ledger.size()).isZero();
    }

    @Test
    void shouldHoldAVolumeThatAnUnfinishedOneLiesAcross() {
        HeldFrame a0 = take(0, 0);
        HeldFrame b1 = take(0, 1);
        HeldFrame a2 = take(0, 2);
        HeldFrame b3 = take(0, 3);

        assertThat(ledger.settle(List.of(a0, a2))).isEmpty();
        assertThat(offsets(ledger.settle(List.of(b1, b3)))).containsExactly(3L, 2L, 1L, 0L);
    }

    @Test
    void shouldHoldThroughAChainOfOverlaps() {
        HeldFrame a0 = take(0, 0);
        HeldFrame b1 = take(0, 1);
        HeldFrame a2 = take(0, 2);
        HeldFrame c3 = take(0, 3);
        HeldFrame b4 = take(0, 4);
        HeldFrame c5 = take(0, 5);

        assertThat(ledger.settle(List.of(a0, a2))).isEmpty();
        assertThat(ledger.settle(List.of(b1, b4))).isEmpty();
        assertThat(offsets(ledger.settle(List.of(c3, c5)))).containsExactly(5L, 4L, 3L, 2L, 1L, 0L);
    }

    @Test
    void shouldReleaseWhatLiesWhollyBeforeAnUnfinishedVolume() {
        List<HeldFrame> first = taken(0, 0, 1);
        List<HeldFrame> later = taken(0, 2, 3);

        assertThat(offsets(ledger.settle(first))).containsExactly(1L, 0L);
        assertThat(offsets(ledger.settle(later))).containsExactly(3L, 2L);
    }

    @Test
    void shouldKeepPartitionsApart() {
        HeldFrame other = take(1, 0);
        List<HeldFrame> volume = taken(0, 4, 7);

        assertThat(offsets(ledger.settle(volume))).containsExactly(7L, 4L);
        assertThat(ledger.size()).isEqualTo(1);
        assertThat(offsets(ledger.settle(List.of(other)))).containsExactly(0L);
    }

    @Test
    void shouldNotTakeAFrameOfAnEarlierAssignmentForItsSuccessor() {
        HeldFrame before = take(0, 0);
        HeldFrame after = take(0, 0);

        assertThat(ledger.settle(List.of(before))).isEmpty();
        assertThat(ledger.settle(List.of(after))).containsExactly(after);
    }

    @Test
    void shouldHoldAFrameOfTwoVolumesUntilBothAreOut() {
        HeldFrame both = frame(0, 0);
        ledger.take(both, 2, Duration.ZERO);
        HeldFrame second = take(0, 1);

        assertThat(ledger.settle(List.of(both))).isEmpty();
        assertThat(offsets(ledger.settle(List.of(both, second)))).containsExactly(1L, 0L);
    }

    @Test
    void shouldPassOverFramesOfARevokedPartition() {
        HeldFrame revoked = take(0, 0);
        HeldFrame kept = take(1, 0);

        assertThat(ledger.forget(List.of(0, 3))).containsExactly(revoked);

        assertThat(ledger.holds(revoked)).isFalse();
        assertThat(ledger.settle(List.of(revoked, kept))).containsExactly(kept);
    }

    /** Else they would wait for the next volume of their partition, which need not come. */
    @Test
    void shouldReleaseWhatWaitedForAFrameThatGoesElsewhere() {
        HeldFrame bad = take(0, 0);
        List<HeldFrame> volume = taken(0, 1, 2);
        assertThat(ledger.settle(volume)).isEmpty();

        assertThat(ledger.withdraw(bad).map(FrameLedgerTest::offsets)).contains(List.of(2L, 1L));

        assertThat(ledger.size()).isZero();
        assertThat(ledger.withdraw(bad)).isEmpty();
    }

    /** By definition, on random interleavings: after each release every volume lies wholly below or wholly above. */
    @Test
    void shouldNeverSplitAVolume() {
        long seed = 20261121;
        Random random = new Random(seed);
        for (int run = 0; run < 200; run++) {
            FrameLedger fresh = new FrameLedger();
            List<List<HeldFrame>> volumes = interleaved(random, fresh);
            List<List<HeldFrame>> order = new ArrayList<>(volumes);
            Collections.shuffle(order, random);
            TreeSet<Long> acknowledged = new TreeSet<>();
            for (List<HeldFrame> volume : order) {
                acknowledged.addAll(offsets(fresh.settle(volume)));
                long committed = acknowledged.size();
                assertThat(acknowledged).as("unbroken run, seed %d run %d", seed, run).allMatch(o -> o < committed);
                for (List<HeldFrame> v : volumes) {
                    long below = v.stream().filter(f -> f.offset() < committed).count();
                    assertThat(below).as("seed %d run %d", seed, run).isIn(0L, (long) v.size());
                }
            }
            assertThat(fresh.size()).isZero();
        }
    }

    private static List<List<HeldFrame>> interleaved(Random random, FrameLedger ledger) {
        List<List<HeldFrame>> volumes = new ArrayList<>();
        for (int v = 0; v < 5; v++) {
            volumes.add(new ArrayList<>());
        }
        for (int offset = 0; offset < 40; offset++) {
            int near = Math.min(4, Math.max(0, offset / 8 + random.nextInt(3) - 1));
            HeldFrame frame = frame(0, offset);
            ledger.take(frame, 1, Duration.ZERO);
            volumes.get(near).add(frame);
        }
        volumes.removeIf(List::isEmpty);
        return volumes;
    }

    private List<HeldFrame> taken(int partition, long... offsets) {
        List<HeldFrame> frames = new ArrayList<>();
        for (long offset : offsets) {
            frames.add(take(partition, offset));
        }
        return frames;
    }

    private HeldFrame take(int partition, long offset) {
        HeldFrame frame = frame(partition, offset);
        ledger.take(frame, 1, Duration.ZERO);
        return frame;
    }

    private static HeldFrame frame(int partition, long offset) {
        return new HeldFrame(Message.of(new byte[1]), partition, offset, Instant.EPOCH, DicomObject.builder().build(),
                0);
    }

    private static List<Long> offsets(List<HeldFrame> frames) {
        return frames.stream().map(HeldFrame::offset).toList();
    }
}
