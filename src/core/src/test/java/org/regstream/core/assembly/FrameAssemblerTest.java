package org.regstream.core.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.regstream.core.assembly.AssemblyAssertions.complete;
import static org.regstream.core.assembly.AssemblyAssertions.last;
import static org.regstream.core.assembly.AssemblyAssertions.onlyComplete;
import static org.regstream.core.assembly.SliceSeries.START;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.assembly.AssemblyOutcome.Late;
import org.regstream.core.assembly.AssemblyOutcome.Waiting;
import org.regstream.core.geometry.Affine;
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
        List<Frame> frames = SliceSeries.axial().declaring(slices).frames(slices);

        // when
        List<AssemblyOutcome<String>> outcomes = offerAll(frames);

        // then
        assertThat(outcomes.subList(0, slices - 1)).allMatch(o -> o instanceof Waiting);
        Complete<String> complete = complete(last(outcomes));
        assertStackOf(complete.volume().volume(), slices);
        assertThat(complete.tokens()).isEqualTo(uids(frames));
        assertThat(complete.volume().sliceInstanceUids()).isEqualTo(uids(frames));
        assertNothingHeld();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldGiveTheSameVolumeInAnyOrder(long seed) {
        // given
        List<Frame> frames = new ArrayList<>(SliceSeries.axial().declaring(32).frames(32));
        AssembledVolume inOrder = complete(last(offerAll(frames))).volume();
        Collections.shuffle(frames, new Random(seed));

        // when
        AssembledVolume shuffled = complete(last(offerAll(new FrameAssembler<>(POLICY), frames, NOW))).volume();

        // then
        assertStackOf(shuffled.volume(), 32);
        assertThat(shuffled.volumeId()).as("seed %d", seed).isEqualTo(inOrder.volumeId());
        assertThat(shuffled.volume().grid()).isEqualTo(inOrder.volume().grid());
        assertThat(shuffled.sliceInstanceUids()).isEqualTo(inOrder.sliceInstanceUids());
    }

    /** A gantry that leans shifts each slice by as much: each voxel stays where its slice says, whatever way it leans. */
    @ParameterizedTest
    @CsvSource({"0, 0.1763", "0, -0.1763", "0.5774, 0", "0.2, -0.3", "0.01, 0"})
    void shouldStackTheSlicesOfALeaningGantry(double sidewaysI, double sidewaysJ) {
        // given
        Affine leaning = new Affine(new Vector3(-20, -30, 40), new Vector3(sidewaysI, sidewaysJ, 2),
                new Vector3(0, 0.5, 0), new Vector3(0.5, 0, 0));
        List<Frame> frames = new ArrayList<>(SliceSeries.axial().withPlane(leaning).declaring(30).frames(30));
        Collections.reverse(frames);

        // when
        Volume volume = complete(last(offerAll(frames))).volume().volume();

        // then
        for (int k = 0; k < 30; k++) {
            assertThat(volume.at(k, 1, 2)).isEqualTo(k);
            assertThat(volume.grid().affine().toLps(k, 1, 2).minus(leaning.toLps(k, 1, 2)).norm()).isLessThan(1e-9);
        }
    }

    /** As scanners write it: the shift of a slice is no whole number of hundredths. */
    @Test
    void shouldStackLeaningSlicesWhosePositionsAreRounded() {
        // given
        List<Frame> frames = new ArrayList<>();
        Affine plane = SliceSeries.axial().plane();
        for (int k = 0; k < 30; k++) {
            frames.add(SliceSeries.axial().withPlane(plane.translated(new Vector3(0, Math.rint(17.63 * k) / 100, 0)))
                    .declaring(30).frame(k));
        }

        // when
        Volume volume = complete(last(offerAll(frames))).volume().volume();

        // then
        assertThat(volume.grid().affine().stepK().minus(new Vector3(0, 0.1763, 1)).norm()).isLessThan(1e-3);
    }

    /** FIELD D 6: duplicates are dropped by SOP Instance UID, and each is acknowledged with the volume. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void shouldAbsorbRepeatedFramesAndGiveAllTokensBack(long seed) {
        // given
        List<Frame> frames = SliceSeries.axial().declaring(35).frames(35);
        List<Frame> sent = new ArrayList<>(frames);
        sent.addAll(frames.subList(0, 34));
        sent.addAll(frames.subList(0, 10));
        Collections.shuffle(sent, new Random(seed));

        // when
        List<AssemblyOutcome<String>> outcomes = offerAll(sent);

        // then
        List<Complete<String>> complete = completes(outcomes);
        assertThat(complete).as("seed %d", seed).hasSize(1);
        assertStackOf(complete.get(0).volume().volume(), 35);
        List<String> back = new ArrayList<>(complete.get(0).tokens());
        outcomes.stream().filter(o -> o instanceof Late).forEach(o -> back.add(((Late<String>) o).token()));
        assertThat(back).containsExactlyInAnyOrderElementsOf(uids(sent));
        assertNothingHeld();
    }

    @Test
    void shouldReportFrameOfVolumeThatIsOutAsRepeatedAndMakeNoSecondResult() {
        // given
        List<Frame> frames = SliceSeries.axial().declaring(3).frames(3);
        offerAll(frames);

        // when
        List<AssemblyOutcome<String>> again = offerAll(frames);

        // then
        assertThat(again).allSatisfy(o -> assertThat(o).isInstanceOfSatisfying(Late.class,
                late -> assertThat(late.cause()).isEqualTo(Late.Cause.REPEATED)));
        assertThat(assembler.expire(AFTER_SILENCE)).isEmpty();
    }

    /** One volume that lost a slice must not cost the next one, though nothing has told the volumes of the series apart yet. */
    @Test
    void shouldTakeTheNextPhaseAtOnceAfterOneThatWasRefused() {
        // given
        SliceSeries first = SliceSeries.axial().declaring(4).withPhase("1");
        SliceSeries second = SliceSeries.axial().declaring(4).withPhase("2");
        offerAll(List.of(first.frame(0), first.frame(1), first.frame(2)));
        assertThat(assembler.expire(AFTER_SILENCE)).singleElement().isInstanceOf(AssemblyOutcome.Refused.class);

        // when
        List<AssemblyOutcome<String>> next = offerAll(assembler,
                List.of(second.frame(0), second.frame(1), second.frame(2), second.frame(3)),
                AFTER_SILENCE.plusMillis(1));

        // then: and what comes of the refused one is still not taken for a smaller volume
        assertThat(completes(next)).singleElement().satisfies(c -> assertStackOf(c.volume().volume(), 4));
        assertThat(assembler.offer(first.frame(3), "late", AFTER_SILENCE.plusMillis(2))).isInstanceOf(Late.class);
    }

    @Test
    void shouldKeepInterleavedPhasesApart() {
        // given
        SliceSeries first = SliceSeries.axial().declaring(4).withPhase("1");
        SliceSeries second = SliceSeries.axial().declaring(4).withPhase("2");
        List<Frame> sent = new ArrayList<>();
        for (int k = 0; k < 4; k++) {
            sent.add(first.frame(k));
            sent.add(second.frame(3 - k));
        }

        // when
        List<Complete<String>> complete = completes(offerAll(sent));

        // then
        assertThat(complete).extracting(c -> c.volume().key().phase()).containsExactly("t1", "t2");
        assertThat(complete).allSatisfy(c -> assertStackOf(c.volume().volume(), 4));
        assertThat(complete.get(0).volume().volumeId()).isNotEqualTo(complete.get(1).volume().volumeId());
    }

    @Test
    void shouldCompleteMultiFrameInstanceAtOnce() {
        // given
        Frame enhanced = SliceSeries.axial().declaring(48).slab(7, 0, 48);

        // when
        Complete<String> complete = complete(assembler.offer(enhanced, "t", NOW));

        // then
        assertStackOf(complete.volume().volume(), 48);
        assertThat(complete.volume().sliceInstanceUids()).hasSize(48).containsOnly(enhanced.sopInstanceUid());
        assertThat(complete.tokens()).containsExactly("t");
    }

    @Test
    void shouldJoinSlabsInAnyOrder() {
        // given
        SliceSeries series = SliceSeries.axial().declaring(10);

        // when
        assembler.offer(series.slab(2, 6, 10), "b", NOW);
        Complete<String> complete = complete(assembler.offer(series.slab(1, 0, 6), "a", NOW));

        // then
        assertStackOf(complete.volume().volume(), 10);
        assertThat(complete.tokens()).containsExactly("b", "a");
    }

    @Test
    void shouldTakeCountFromAnyFrameThatDeclaresIt() {
        // given
        SliceSeries silent = SliceSeries.axial();
        assembler.offer(silent.frame(0), "0", NOW);
        assembler.offer(silent.declaring(3).frame(1), "1", NOW);

        // when
        AssemblyOutcome<String> outcome = assembler.offer(silent.frame(2), "2", NOW);

        // then
        assertStackOf(complete(outcome).volume().volume(), 3);
    }

    @Test
    void shouldCompleteAtExpectedCountOnlyWhereFramesDeclareNone() {
        // given
        FrameAssembler<String> expecting = new FrameAssembler<>(POLICY.withExpectedSlices(5));

        // when
        List<AssemblyOutcome<String>> silent = offerAll(expecting, SliceSeries.axial().frames(5), NOW);
        List<AssemblyOutcome<String>> declaring = offerAll(expecting,
                SliceSeries.axial().withSeries("2.25.9").declaring(7).frames(7), NOW);

        // then
        assertStackOf(complete(last(silent)).volume().volume(), 5);
        assertThat(declaring.get(4)).isEqualTo(new Waiting<>(new VolumeKey("2.25.9", ""), 5, 7));
        assertStackOf(complete(last(declaring)).volume().volume(), 7);
    }

    @Test
    void shouldCompleteRegularStackOfUnknownCountAfterSilenceAndNotBefore() {
        // given
        List<Frame> frames = SliceSeries.axial().frames(20);
        offerAll(frames);

        // when
        List<AssemblyOutcome<String>> early = assembler.expire(AFTER_SILENCE.minusNanos(1));
        List<AssemblyOutcome<String>> onTime = assembler.expire(AFTER_SILENCE);

        // then
        assertThat(early).isEmpty();
        assertStackOf(onlyComplete(onTime).volume().volume(), 20);
        assertNothingHeld();
    }

    @Test
    void shouldStartSilenceAnewWithEachNewSliceButNotWithRepeatedOnes() {
        // given
        SliceSeries series = SliceSeries.axial();
        assembler.offer(series.frame(0), "0", NOW);
        assembler.offer(series.frame(1), "1", NOW.plusSeconds(2));
        assembler.offer(series.frame(1), "1 again", NOW.plusSeconds(4));

        // when
        List<AssemblyOutcome<String>> early = assembler.expire(NOW.plusMillis(4_999));
        List<AssemblyOutcome<String>> onTime = assembler.expire(NOW.plusSeconds(5));

        // then
        assertThat(early).isEmpty();
        assertThat(onlyComplete(onTime).tokens()).containsExactly("0", "1", "1 again");
    }

    @Test
    void shouldCloseVolumeWhoseSlicesDripInAtTheOpenTimeout() {
        // given
        SliceSeries series = SliceSeries.axial();
        for (int k = 0; k < 30; k++) {
            assembler.offer(series.frame(k), "t", NOW.plusSeconds(2L * k));
            assertThat(assembler.expire(NOW.plusSeconds(2L * k + 1))).isEmpty();
        }

        // when
        List<AssemblyOutcome<String>> outcomes = assembler.expire(NOW.plus(POLICY.openTimeout()));

        // then
        assertStackOf(onlyComplete(outcomes).volume().volume(), 30);
    }

    @Test
    void shouldCloseAllPhasesOfASeriesAtItsEndAndNoOther() {
        // given
        offerAll(SliceSeries.axial().withPhase("1").frames(3));
        offerAll(SliceSeries.axial().withPhase("2").frames(3));
        offerAll(SliceSeries.axial().withSeries("2.25.9").frames(3));

        // when
        List<AssemblyOutcome<String>> outcomes = assembler.endOfSeries("2.25.2", NOW);

        // then
        assertThat(completes(outcomes)).extracting(c -> c.volume().key().phase()).containsExactly("t1", "t2");
        assertThat(assembler.heldFrames()).isEqualTo(3);
        assertThat(assembler.endOfSeries("2.25.404", NOW)).isEmpty();
    }

    @Test
    void shouldGiveAllTokensBackWhenCleared() {
        // given
        List<Frame> frames = SliceSeries.axial().withPhase("1").frames(3);
        List<Frame> others = SliceSeries.axial().withPhase("2").frames(2);
        offerAll(frames);
        offerAll(others);

        // when
        List<String> tokens = assembler.clear();

        // then
        List<String> all = new ArrayList<>(uids(frames));
        all.addAll(uids(others));
        assertThat(tokens).isEqualTo(all);
        assertNothingHeld();
        assertThat(assembler.expire(AFTER_SILENCE)).isEmpty();
    }

    @Test
    void shouldDeriveIdFromKeyAndInstances() {
        // given
        SliceSeries series = SliceSeries.axial().declaring(2);

        // when
        String id = idOf(series.frames(2));
        String ofOtherPhase = idOf(series.withPhase("1").frames(2));
        String ofOtherInstances = idOf(List.of(series.frame(0), SliceSeries.renamed(series.frame(1), "2.25.77")));

        // then: SHA-256 of "2.25.2", "", "2.25.2.0.0", "2.25.2.0.1", each ended by a zero byte; by sha256sum
        assertThat(id).isEqualTo("195996066fc1408ebd85e156d37a602e");
        assertThat(List.of(id, ofOtherPhase, ofOtherInstances)).doesNotHaveDuplicates();
    }

    private static String idOf(List<Frame> frames) {
        return complete(last(offerAll(new FrameAssembler<>(POLICY), frames, NOW))).volume().volumeId();
    }

    @Test
    void shouldNameEarliestAndLatestAcquisition() {
        // given
        SliceSeries series = SliceSeries.axial().declaring(3);

        // when
        AssembledVolume volume = complete(
                last(offerAll(List.of(series.frame(2), series.frame(0), series.frame(1))))).volume();

        // then
        assertThat(volume.acquiredFrom()).isEqualTo(START);
        assertThat(volume.acquiredAt()).isEqualTo(START.plusMillis(2));
        assertThat(volume.studyInstanceUid()).isEqualTo("2.25.1");
        assertThat(volume.frameOfReferenceUid()).isEqualTo("2.25.3");
    }

    /** A scanner's clock an hour ahead would otherwise make this volume fresher than all of the next hour. */
    @Test
    void shouldNotLetAnAcquisitionTimeLieInTheFuture() {
        // given
        SliceSeries series = SliceSeries.axial().declaring(2);
        Frame ahead = SliceSeries.acquiredAt(series.frame(1), NOW.plusSeconds(3600));

        // when
        AssembledVolume volume = complete(last(offerAll(List.of(series.frame(0), ahead)))).volume();

        // then
        assertThat(volume.acquiredFrom()).isEqualTo(START);
        assertThat(volume.acquiredAt()).isEqualTo(NOW);
    }

    /** FIELD D 24: every way the axes can lie; each slice's voxels stay where they are in space. */
    @Test
    void shouldKeepEveryVoxelInPlaceInAll48AxisCases() {
        Vector3[] axes = {new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1)};
        int[][] permutations = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
        int cases = 0;
        for (int[] p : permutations) {
            for (int signs = 0; signs < 8; signs++) {
                Affine plane = new Affine(new Vector3(7, -11, 13), axes[p[0]].times((signs & 1) == 0 ? 2.5 : -2.5),
                        axes[p[1]].times((signs & 2) == 0 ? 0.5 : -0.5),
                        axes[p[2]].times((signs & 4) == 0 ? 0.75 : -0.75));
                assertVoxelsStayInPlace(SliceSeries.axial().withPlane(plane).declaring(6));
                cases++;
            }
        }
        assertThat(cases).isEqualTo(48);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void shouldKeepEveryVoxelInPlaceInObliqueStacks(long seed) {
        Random random = new Random(seed);
        Vector3 i = new Vector3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()).normalized();
        Vector3 k = i.cross(new Vector3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()))
                .normalized();
        Affine plane = new Affine(new Vector3(-120, 80, 30), k.times(3), k.cross(i).times(0.9), i.times(0.8));
        assertVoxelsStayInPlace(SliceSeries.axial().withPlane(plane).declaring(24));
    }

    private void assertVoxelsStayInPlace(SliceSeries series) {
        // given
        FrameAssembler<String> fresh = new FrameAssembler<>(POLICY);
        List<Frame> frames = new ArrayList<>(series.frames(series.declared()));
        Collections.shuffle(frames, new Random(5));

        // when
        Volume volume = complete(last(offerAll(fresh, frames, NOW))).volume().volume();

        // then
        Affine a = volume.grid().affine();
        assertThat(a.determinant()).as("i, j, k right-handed means k, j, i left-handed").isNegative();
        for (int k = 0; k < volume.grid().depth(); k++) {
            int number = (int) volume.at(k, 0, 0);
            Vector3 expected = series.plane().toLps(number, 3, 4);
            assertThat(a.toLps(k, 3, 4).minus(expected).norm()).isCloseTo(0, within(1e-9));
        }
    }

    /** Positions written with one decimal: slices of 1.25 mm lie at 0, 1.3, 2.5, 3.8, 5. */
    @Test
    void shouldAcceptPositionsRoundedToOneDecimal() {
        // given
        SliceSeries series = SliceSeries.axial().declaring(81);
        List<Frame> frames = new ArrayList<>();
        for (int m = 0; m < 81; m++) {
            frames.add(series.frameAt(m, Math.round(12.5 * m) / 10.0));
        }

        // when
        Volume volume = complete(last(offerAll(frames))).volume().volume();

        // then
        assertThat(volume.grid().affine().stepK().z()).isCloseTo(1.25, within(1e-12));
    }

    /** The same key again, at the same places, after a volume closed by silence: the next volume of the stack. */
    @Test
    void shouldAssembleTheNextVolumeUnderTheSameKey() {
        // given
        SliceSeries series = SliceSeries.axial();
        offerAll(series.frames(6));
        String firstId = onlyComplete(assembler.expire(AFTER_SILENCE)).volume().volumeId();

        // when
        for (int k = 0; k < 6; k++) {
            assembler.offer(series.frameAt(100 + k, k), "t", AFTER_SILENCE.plusSeconds(1));
        }
        AssembledVolume second = onlyComplete(assembler.expire(AFTER_SILENCE.plusSeconds(10))).volume();

        // then
        assertThat(second.volume().grid().depth()).isEqualTo(6);
        assertThat(second.volumeId()).isNotEqualTo(firstId);
    }

    @Test
    void shouldNotShowUidsAsText() {
        // given
        AssembledVolume volume = complete(last(offerAll(SliceSeries.axial().declaring(2).frames(2)))).volume();

        // when
        String text = volume.toString();

        // then
        assertThat(text).contains(volume.volumeId()).doesNotContain("2.25.");
    }

    private List<AssemblyOutcome<String>> offerAll(List<Frame> frames) {
        return offerAll(assembler, frames, NOW);
    }

    private static List<AssemblyOutcome<String>> offerAll(FrameAssembler<String> to, List<Frame> frames, Instant now) {
        return frames.stream().map(f -> to.offer(f, f.sopInstanceUid(), now)).toList();
    }

    private static List<String> uids(List<Frame> frames) {
        return frames.stream().map(Frame::sopInstanceUid).toList();
    }

    private static List<Complete<String>> completes(List<AssemblyOutcome<String>> outcomes) {
        List<Complete<String>> found = new ArrayList<>();
        outcomes.stream().filter(o -> o instanceof Complete).forEach(o -> found.add(complete(o)));
        return found;
    }

    private void assertNothingHeld() {
        assertThat(assembler.heldFrames()).isZero();
        assertThat(assembler.heldBytes()).isZero();
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
