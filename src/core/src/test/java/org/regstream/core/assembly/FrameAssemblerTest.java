package org.regstream.core.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.regstream.core.assembly.SliceSeries.START;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.assembly.AssemblyOutcome.Waiting;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.Volume;

/** How volumes become complete. Tokens are the instance UIDs. */
class FrameAssemblerTest {

    private static final Instant NOW = START.plusSeconds(10);
    private static final AssemblyPolicy POLICY = AssemblyPolicy.DEFAULT;
    private static final Instant AFTER_SILENCE = NOW.plus(POLICY.idleTimeout());

    private final FrameAssembler<String> assembler = new FrameAssembler<>(POLICY);

    /** FIELD D 5: "one file works, a whole series fails". */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 32, 35, 500, 2000})
    void shouldCompleteSeriesOfAnySizeAtItsDeclaredCount(int slices) {
        // given
        SliceSeries series = SliceSeries.axial().declaring(slices);
        List<Frame> frames = series.frames(slices);

        // when
        List<AssemblyOutcome<String>> outcomes = offerAll(frames);

        // then
        assertThat(outcomes.subList(0, slices - 1)).allMatch(o -> o instanceof Waiting);
        Complete<String> complete = complete(outcomes.get(slices - 1));
        assertStackOf(complete.volume().volume(), slices);
        assertThat(complete.tokens()).containsExactlyElementsOf(frames.stream().map(Frame::sopInstanceUid).toList());
        assertThat(complete.volume().sliceInstanceUids()).isEqualTo(complete.tokens());
        assertThat(assembler.heldFrames()).isZero();
        assertThat(assembler.heldBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldGiveTheSameVolumeInAnyOrder(long seed) {
        // given
        List<Frame> frames = new ArrayList<>(SliceSeries.axial().declaring(32).frames(32));
        Complete<String> inOrder = complete(last(offerAll(frames)));
        Collections.shuffle(frames, new Random(seed));

        // when
        FrameAssembler<String> other = new FrameAssembler<>(POLICY);
        Complete<String> shuffled = complete(last(frames.stream()
                .map(f -> other.offer(f, f.sopInstanceUid(), NOW)).toList()));

        // then
        assertStackOf(shuffled.volume().volume(), 32);
        assertThat(shuffled.volume().volumeId()).as("seed %d", seed).isEqualTo(inOrder.volume().volumeId());
        assertThat(shuffled.volume().volume().grid()).isEqualTo(inOrder.volume().volume().grid());
        assertThat(shuffled.volume().sliceInstanceUids()).isEqualTo(inOrder.volume().sliceInstanceUids());
    }

    private List<AssemblyOutcome<String>> offerAll(List<Frame> frames) {
        return frames.stream().map(f -> assembler.offer(f, f.sopInstanceUid(), NOW)).toList();
    }

    private static <E> E last(List<E> list) {
        return list.get(list.size() - 1);
    }

    private static Complete<String> complete(AssemblyOutcome<String> outcome) {
        assertThat(outcome).isInstanceOf(Complete.class);
        return (Complete<String>) outcome;
    }

    /** Slice k of the axial series holds k and lies k mm above the first. */
    private static void assertStackOf(Volume volume, int slices) {
        assertThat(volume.grid().shape()).containsExactly(slices, 4, 5);
        assertThat(volume.grid().affine().origin()).isEqualTo(new Vector3(-20, -30, 40));
        assertThat(volume.grid().affine().stepK()).isEqualTo(new Vector3(0, 0, 1));
        for (int k = 0; k < slices; k++) {
            assertThat(volume.at(k, 3, 4)).isEqualTo(k);
        }
    }
}
