package org.regstream.core.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.assembly.AssemblyOutcome.Refused;
import org.regstream.core.assembly.Marks.Mark;

/** Slabs continue places, phases repeat them: which numbers differ says neither. */
class PhasesTest {

    private static final Instant NOW = SliceSeries.START;
    private static final Duration SILENCE = Duration.ofSeconds(4);

    private final FrameAssembler<String> assembler = new FrameAssembler<>(AssemblyPolicy.DEFAULT);

    @ParameterizedTest
    @EnumSource(value = Mark.class, names = "STACK", mode = EnumSource.Mode.EXCLUDE)
    void shouldMakeOneVolumeOfSlicesThatRepeatNoPlace(Mark mark) {
        // numbers of slices, of packages of every other slice, of halves, of slabs of five
        for (IntFunction<Integer> number : List.<IntFunction<Integer>>of(k -> k + 1, k -> 1 + k % 2, k -> 1 + k / 15,
                k -> 1 + k / 5)) {
            List<AssemblyOutcome<String>> outcomes = gather(stack(30, 0, k -> marks(mark, number.apply(k))));

            assertThat(outcomes).hasSize(1);
            assertThat(complete(outcomes.get(0)).volume().volume().grid().depth()).isEqualTo(30);
        }
    }

    @ParameterizedTest
    @EnumSource(Mark.class)
    void shouldTellPhasesApartByTheMarkThatDiffers(Mark mark) {
        List<Frame> frames = new ArrayList<>();
        for (int phase = 0; phase < 3; phase++) {
            int number = phase;
            frames.addAll(stack(30, 30 * phase, k -> marks(Mark.ACQUISITION, 1).with(mark, String.valueOf(number))));
        }

        assertThat(gather(frames)).hasSize(3)
                .allSatisfy(o -> assertThat(complete(o).volume().volume().grid().depth()).isEqualTo(30));
    }

    /** Slice after slice, all times of each; an acquisition number that counts images. */
    @Test
    void shouldPreferTheMarkThatMakesAsManyVolumesAsThereAre() {
        List<Frame> frames = new ArrayList<>();
        for (int k = 0; k < 6; k++) {
            for (int time = 0; time < 4; time++) {
                Marks marks = marks(Mark.ACQUISITION, 4 * k + time).with(Mark.TRIGGER_TIME, String.valueOf(250 * time));
                frames.add(SliceSeries.marked(SliceSeries.axial().frameAt(4 * k + time, k), marks));
            }
        }

        List<AssemblyOutcome<String>> outcomes = gather(frames);

        assertThat(outcomes).extracting(o -> complete(o).volume().key().phase()).containsExactly("r0", "r250", "r500",
                "r750");
    }

    @Test
    void shouldUseTwoMarksWhereOneIsNotEnough() {
        List<Frame> frames = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            Marks marks = marks(Mark.ECHO, n % 2).with(Mark.TEMPORAL_POSITION, String.valueOf(n / 2));
            frames.addAll(stack(5, 5 * n, k -> marks));
        }

        assertThat(gather(frames)).hasSize(4)
                .allSatisfy(o -> assertThat(complete(o).volume().volume().grid().depth()).isEqualTo(5));
    }

    /** Every other slice of each phase has a number of its own: four stacks of twice the spacing would be half volumes. */
    @Test
    void shouldRatherRefuseThanMakeHalfVolumes() {
        List<Frame> frames = new ArrayList<>(stack(30, 0, k -> marks(Mark.ACQUISITION, 1 + k % 2)));
        frames.addAll(stack(30, 30, k -> marks(Mark.ACQUISITION, 3 + k % 2)));

        assertThat(gather(frames)).hasSize(1).allSatisfy(o -> assertThat(o).isInstanceOfSatisfying(Refused.class,
                refused -> assertThat(refused.refusal().rule()).isEqualTo(AssemblyRule.DUPLICATE_POSITION)));
    }

    /** As after a crash, or when a network has been away: what one phase lacks lies where the other has a slice. */
    @Test
    void shouldKnowPhasesByOneThatIsWholeWhereOthersHaveLostSlices() {
        // given: the last slice of one, the others of the next, and two whole ones
        SliceSeries series = SliceSeries.axial().declaring(4);
        List<Frame> frames = new ArrayList<>(List.of(series.withPhase("1").frame(3)));
        frames.addAll(series.withPhase("2").frames(3));
        frames.addAll(series.withPhase("3").frames(4));
        frames.addAll(series.withPhase("4").frames(4));

        // when
        List<AssemblyOutcome<String>> atOnce = frames.stream().map(f -> assembler.offer(f, "t", NOW)).toList();

        // then: with its last slice each, and the others are told to be gaps
        assertThat(complete(atOnce.get(7)).volume().key().phase()).isEqualTo("t3");
        assertThat(complete(atOnce.get(11)).volume().key().phase()).isEqualTo("t4");
        assertThat(assembler.expire(NOW.plus(SILENCE))).hasSize(2).allSatisfy(o -> assertThat(o)
                .isInstanceOfSatisfying(Refused.class,
                        refused -> assertThat(refused.refusal().rule()).isEqualTo(AssemblyRule.GAP)));
    }

    @Test
    void shouldNotMixPhasesThatComeSideBySide() {
        // given: four of eight slices, as many as declared, of two phases, at four places
        SliceSeries series = SliceSeries.axial().declaring(4);
        List<Frame> frames = new ArrayList<>();
        for (int k = 0; k < 4; k++) {
            frames.add(SliceSeries.marked(series.frameAt(k, k), marks(Mark.TRIGGER_TIME, k % 2)));
        }
        for (int k = 0; k < 4; k++) {
            frames.add(SliceSeries.marked(series.frameAt(4 + k, k), marks(Mark.TRIGGER_TIME, 1 - k % 2)));
        }

        // when
        List<AssemblyOutcome<String>> outcomes = gather(frames);

        // then
        assertThat(outcomes).hasSize(2).extracting(o -> complete(o).volume().key().phase())
                .containsExactlyInAnyOrder("r0", "r1");
    }

    /** A slab that comes after silence shows that the volume before was not whole. */
    @Test
    void shouldTellOfASlabThatCameTooLate() {
        stack(5, 0, k -> marks(Mark.ACQUISITION, 1)).forEach(f -> assembler.offer(f, "t", NOW));
        assembler.expire(NOW.plus(SILENCE));

        Frame next = SliceSeries.marked(SliceSeries.axial().frame(5), marks(Mark.ACQUISITION, 2));

        assertThat(assembler.offer(next, "t", NOW.plus(SILENCE))).isInstanceOfSatisfying(Refused.class,
                refused -> assertThat(refused.refusal().rule()).isEqualTo(AssemblyRule.SLICE_AFTER_CLOSE));
    }

    /** The same frames give the same names, however they came. */
    @Test
    void shouldNameVolumesAlikeTogetherAndOneByOne() {
        List<Frame> first = stack(5, 0, k -> marks(Mark.TRIGGER_TIME, 0));
        List<Frame> second = stack(5, 5, k -> marks(Mark.TRIGGER_TIME, 500));
        List<Frame> both = new ArrayList<>(first);
        both.addAll(second);

        List<String> together = gather(both).stream().map(o -> complete(o).volume().volumeId()).toList();

        FrameAssembler<String> slow = new FrameAssembler<>(AssemblyPolicy.DEFAULT);
        first.forEach(f -> slow.offer(f, "t", NOW));
        String one = complete(slow.expire(NOW.plus(SILENCE)).get(0)).volume().volumeId();
        second.forEach(f -> slow.offer(f, "t", NOW.plus(SILENCE)));
        String other = complete(slow.expire(NOW.plus(SILENCE).plus(SILENCE)).get(0)).volume().volumeId();
        assertThat(together).containsExactly(one, other);
    }

    private static Marks marks(Mark mark, int value) {
        return Marks.NONE.with(mark, String.valueOf(value));
    }

    private static List<Frame> stack(int slices, int firstNumber, IntFunction<Marks> marks) {
        List<Frame> frames = new ArrayList<>();
        for (int k = 0; k < slices; k++) {
            frames.add(SliceSeries.marked(SliceSeries.axial().frameAt(firstNumber + k, k), marks.apply(k)));
        }
        return frames;
    }

    /** @return all that came of the frames, once their series has ended */
    private List<AssemblyOutcome<String>> gather(List<Frame> frames) {
        FrameAssembler<String> fresh = new FrameAssembler<>(AssemblyPolicy.DEFAULT);
        List<AssemblyOutcome<String>> outcomes = new ArrayList<>();
        frames.forEach(f -> outcomes.add(fresh.offer(f, f.sopInstanceUid(), NOW)));
        outcomes.addAll(fresh.endOfSeries("2.25.2", NOW));
        outcomes.removeIf(AssemblyOutcome.Waiting.class::isInstance);
        return outcomes;
    }

    private static Complete<String> complete(AssemblyOutcome<String> outcome) {
        assertThat(outcome).isInstanceOf(Complete.class);
        return (Complete<String>) outcome;
    }
}
