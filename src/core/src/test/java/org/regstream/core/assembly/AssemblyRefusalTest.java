package org.regstream.core.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.regstream.core.assembly.AssemblyAssertions.complete;
import static org.regstream.core.assembly.AssemblyAssertions.last;
import static org.regstream.core.assembly.AssemblyAssertions.onlyComplete;
import static org.regstream.core.assembly.AssemblyAssertions.onlyRefused;
import static org.regstream.core.assembly.AssemblyAssertions.refused;
import static org.regstream.core.assembly.SliceSeries.START;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.assembly.AssemblyOutcome.Late;
import org.regstream.core.assembly.AssemblyOutcome.Refused;
import org.regstream.core.assembly.AssemblyOutcome.Waiting;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Vector3;

/** What is never guessed. Tokens are the instance UIDs. */
class AssemblyRefusalTest {

    private static final Instant NOW = START.plusSeconds(10);
    private static final AssemblyPolicy POLICY = AssemblyPolicy.DEFAULT;
    private static final Instant AFTER_SILENCE = NOW.plus(POLICY.idleTimeout());
    private static final SliceSeries AXIAL = SliceSeries.axial();
    /** Rows along the left, columns towards the feet: a coronal view through the same origin. */
    private static final SliceSeries CORONAL = AXIAL.withPlane(new Affine(new Vector3(-20, -30, 40),
            new Vector3(0, 1, 0), new Vector3(0, 0, -1), new Vector3(1, 0, 0)));
    private static final SliceSeries SAGITTAL = AXIAL.withPlane(new Affine(new Vector3(-20, -30, 40),
            new Vector3(1, 0, 0), new Vector3(0, 0, -1), new Vector3(0, 1, 0)));

    private final FrameAssembler<String> assembler = new FrameAssembler<>(POLICY);

    /** FIELD D 8: a localizer shares the series; medio computed a spacing 16.7 % too large, with no exception. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 19})
    void shouldRefuseLocalizerInTheSameSeriesWhereverItComes(int place) {
        // given
        List<Frame> frames = new ArrayList<>(AXIAL.declaring(21).frames(20));
        frames.add(place, CORONAL.declaring(21).frameAt(99, 0));

        // when
        List<AssemblyOutcome<String>> outcomes = offerAll(frames);

        // then: as soon as two slices disagree; the rest is absorbed
        int at = Math.max(1, place);
        assertThat(outcomes.subList(0, at)).allMatch(o -> o instanceof Waiting);
        Refused<String> refused = refused(outcomes.get(at), AssemblyRule.MIXED_ORIENTATION);
        assertThat(refused.refusal().explanation()).contains("turned by 90.0 degrees");
        assertThat(refused.tokens()).isEqualTo(uids(frames.subList(0, at + 1)));
        assertThat(outcomes.subList(at + 1, frames.size())).allMatch(o -> o instanceof Late);
        assertThat(assembler.expire(AFTER_SILENCE.plusSeconds(60))).isEmpty();
    }

    /** FIELD D 8: three views that scout the anatomy are no volume either. */
    @Test
    void shouldRefuseThreePlaneLocalizer() {
        // when
        List<AssemblyOutcome<String>> outcomes = offerAll(
                List.of(AXIAL.frame(0), CORONAL.frame(1), SAGITTAL.frame(2)));

        // then
        refused(outcomes.get(1), AssemblyRule.MIXED_ORIENTATION);
    }

    /** FIELD D 8, medio's own figures: slices 0.7 mm apart and one 1.4 mm off make 4.9 mm / 6 = 0.817 mm on average. */
    @Test
    void shouldRefuseOutlierThatWouldStretchTheSpacingFrom700To817Micrometres() {
        // given
        SliceSeries thin = AXIAL.withPlane(Affine.axisAligned(new Vector3(0, 0, 0), 0.7, 1, 1));
        List<Frame> frames = new ArrayList<>(thin.frames(6));
        frames.add(thin.frame(7));
        offerAll(frames);

        // when
        Refused<String> refused = onlyRefused(assembler.expire(AFTER_SILENCE), AssemblyRule.GAP);

        // then
        assertThat(refused.refusal().explanation()).contains("1 of 8 slices missing", "0.7")
                .contains("after slice 6");
    }

    /** A slice of the localizer's own slab, parallel to the stack but far from it. */
    @Test
    void shouldRefuseParallelSliceFarFromTheStack() {
        // given
        List<Frame> frames = new ArrayList<>(AXIAL.frames(10));
        frames.add(AXIAL.frameAt(50, 31.4));
        offerAll(frames);

        // when / then
        onlyRefused(assembler.expire(AFTER_SILENCE), AssemblyRule.IRREGULAR_SPACING);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 15, 29, 30})
    void shouldRefuseStackOfUnknownCountWithOneSliceMissingInside(int missing) {
        // given
        List<Frame> frames = new ArrayList<>(AXIAL.frames(32));
        frames.remove(missing);
        Collections.shuffle(frames, new Random(missing));
        offerAll(frames);

        // when
        Refused<String> refused = onlyRefused(assembler.expire(AFTER_SILENCE), AssemblyRule.GAP);

        // then
        assertThat(refused.refusal().explanation()).contains("1 of 32 slices missing");
        assertThat(refused.tokens()).containsExactlyInAnyOrderElementsOf(uids(frames));
        assertNothingHeld();
    }

    /** FIELD D 7: one file has no geometry, so it never becomes a frame; another slice must not be removed in its place. */
    @ParameterizedTest
    @ValueSource(ints = {0, 7, 19})
    void shouldRefuseVolumeThatStaysBelowItsDeclaredCount(int missing) {
        // given
        List<Frame> frames = new ArrayList<>(AXIAL.declaring(20).frames(20));
        frames.remove(missing);
        offerAll(frames);

        // when
        Refused<String> refused = onlyRefused(assembler.expire(AFTER_SILENCE), AssemblyRule.GAP);

        // then
        assertThat(refused.refusal().explanation()).isEqualTo("19 slices came, 20 expected");
        assertThat(refused.tokens()).hasSize(19);
    }

    @Test
    void shouldRefuseVolumeBelowItsCountAtTheEndOfItsSeriesWithoutWaiting() {
        // given
        offerAll(AXIAL.declaring(20).frames(12));

        // when / then
        onlyRefused(assembler.endOfSeries("2.25.2", NOW), AssemblyRule.GAP);
    }

    @Test
    void shouldRefuseVolumeBelowTheExpectedCount() {
        // given
        FrameAssembler<String> expecting = new FrameAssembler<>(POLICY.withExpectedSlices(35));
        AXIAL.frames(32).forEach(f -> expecting.offer(f, "t", NOW));

        // when / then
        onlyRefused(expecting.expire(AFTER_SILENCE), AssemblyRule.GAP);
    }

    /** FIELD D 6: two slices at one position break the writing of segmentations. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05, -0.1, 0.2})
    void shouldRefuseTwoSlicesAtOnePosition(double offset) {
        // given
        List<Frame> frames = new ArrayList<>(AXIAL.declaring(11).frames(10));
        frames.add(AXIAL.declaring(11).frameAt(50, 4 + offset));

        // when
        Refused<String> refused = refused(last(offerAll(frames)), AssemblyRule.DUPLICATE_POSITION);

        // then
        assertThat(refused.tokens()).hasSize(11);
    }

    @Test
    void shouldRefuseTwoInterleavedVolumesUnderOneKey() {
        // given
        List<Frame> frames = new ArrayList<>();
        for (int k = 0; k < 10; k++) {
            frames.add(AXIAL.frame(k));
            frames.add(AXIAL.frameAt(100 + k, k));
        }
        offerAll(frames);

        // when / then
        onlyRefused(assembler.expire(AFTER_SILENCE), AssemblyRule.DUPLICATE_POSITION);
    }

    @Test
    void shouldRefuseUnevenSpacing() {
        // given: distances 1, 1, 1.5, 1
        offerAll(List.of(AXIAL.frame(0), AXIAL.frame(1), AXIAL.frame(2), AXIAL.frameAt(3, 3.5), AXIAL.frameAt(4, 4.5)));

        // when / then
        onlyRefused(assembler.expire(AFTER_SILENCE), AssemblyRule.IRREGULAR_SPACING);
    }

    /** Each distance is within 2 % of the mean, yet the middle slice lies 2 mm off its place. */
    @Test
    void shouldRefuseSpacingThatDriftsFurtherThanTheTolerance() {
        // given
        List<Frame> frames = new ArrayList<>();
        for (int m = 0; m <= 200; m++) {
            frames.add(AXIAL.frameAt(m, m <= 100 ? 0.98 * m : 98 + 1.02 * (m - 100)));
        }
        offerAll(frames);

        // when / then
        onlyRefused(assembler.expire(AFTER_SILENCE), AssemblyRule.IRREGULAR_SPACING);
    }

    /** Thin slices are held to a tenth of their distance, not to a tenth of a millimetre. */
    @Test
    void shouldHoldThinSlicesTighter() {
        // given: 0.2 mm apart, one strays by 0.05 mm
        SliceSeries thin = AXIAL.withPlane(Affine.axisAligned(new Vector3(0, 0, 0), 0.2, 0.2, 0.2));
        offerAll(List.of(thin.frame(0), thin.frame(1), thin.frameAt(2, 2.25), thin.frame(3), thin.frame(4)));

        // when / then
        onlyRefused(assembler.expire(AFTER_SILENCE), AssemblyRule.IRREGULAR_SPACING);
    }

    /** Positions of one decimal, which 0.333 mm cannot be told in: they stray from the places that the ends give by 0.08 mm. */
    @Test
    void shouldTakeThinSlicesWithRoundedPositions() {
        for (double step : new double[]{1 / 3.0, 0.625, 0.25}) {
            // given: an oblique stack in tenths of a millimetre
            FrameAssembler<String> fresh = new FrameAssembler<>(POLICY);
            List<Frame> frames = new ArrayList<>();
            for (int m = 0; m < 30; m++) {
                double z = Math.rint(10 * (0.013 + m * step * 0.8)) / 10;
                double y = Math.rint(10 * (0.013 - m * step * 0.6)) / 10;
                Affine plane = new Affine(new Vector3(0, y, z), new Vector3(0, -0.6 * step, 0.8 * step),
                        new Vector3(0, 0.8, 0.6), new Vector3(1, 0, 0));
                frames.add(AXIAL.withPlane(plane).frameAt(m, 0));
            }
            List<Frame> incomplete = new ArrayList<>(frames);
            incomplete.remove(11);

            // when / then
            assertThat(complete(last(ended(fresh, frames))).volume().volume().grid().depth()).isEqualTo(30);
            assertThat(ended(new FrameAssembler<>(POLICY), incomplete)).singleElement().isInstanceOf(Refused.class);
        }
    }

    private static List<AssemblyOutcome<String>> ended(FrameAssembler<String> assembler, List<Frame> frames) {
        frames.forEach(f -> assembler.offer(f, f.sopInstanceUid(), NOW));
        return assembler.endOfSeries("2.25.2", NOW);
    }

    /** Every other slice stands 0.4 mm aside: no grid holds them. */
    @Test
    void shouldRefuseUnevenlyShiftedStack() {
        // given
        List<Frame> frames = new ArrayList<>();
        for (int k = 0; k < 20; k++) {
            frames.add(AXIAL.withPlane(AXIAL.plane().translated(new Vector3(0, k % 2 * 0.4, 0))).frame(k));
        }

        // when
        AssemblyOutcome<String> outcome = last(ended(new FrameAssembler<>(AssemblyPolicy.DEFAULT), frames));

        // then: the last is one of those aside, and the line from the first to it leans 0.4 mm over 19 slices
        assertThat(refused(outcome, AssemblyRule.SHEARED).refusal().explanation())
                .contains("0.379 mm", "at most 0.173 allowed");
    }

    /** All at one place, as two localizers of one angle are: nothing leans where nothing is stacked. */
    @Test
    void shouldRefuseSlicesThatAreAllAtOnePlace() {
        AssemblyOutcome<String> outcome = last(ended(new FrameAssembler<>(AssemblyPolicy.DEFAULT),
                List.of(AXIAL.frameAt(0, 0), AXIAL.frameAt(1, 0), AXIAL.frameAt(2, 0))));

        refused(outcome, AssemblyRule.DUPLICATE_POSITION);
    }

    @Test
    void shouldRefuseSlicesThatLeanByMoreThanTheyAreApart() {
        SliceSeries lying = AXIAL.withPlane(new Affine(new Vector3(0, 0, 0), new Vector3(0, 1.1, 1),
                new Vector3(0, 1, 0), new Vector3(1, 0, 0))).declaring(20);

        Refused<String> refused = refused(last(offerAll(lying.frames(20))), AssemblyRule.SHEARED);

        assertThat(refused.refusal().explanation()).contains("1.10 times the slice distance");
    }

    @Test
    void shouldRefuseSmallTiltAgainstTheStack() {
        // given: 0.1 degrees are 1.7e-3 rad
        double t = Math.toRadians(0.1);
        SliceSeries turned = AXIAL.withPlane(new Affine(new Vector3(-20, -30, 40), new Vector3(0, 0, 1),
                new Vector3(-Math.sin(t), Math.cos(t), 0), new Vector3(Math.cos(t), Math.sin(t), 0)));

        // when
        AssemblyOutcome<String> outcome = last(offerAll(List.of(AXIAL.frame(0), turned.frame(1))));

        // then
        refused(outcome, AssemblyRule.MIXED_ORIENTATION);
    }

    /** The same plane seen from behind: rows run the other way. */
    @Test
    void shouldRefuseMirroredSlice() {
        // given
        SliceSeries mirrored = AXIAL.withPlane(new Affine(new Vector3(-20, -30, 40), new Vector3(0, 0, 1),
                new Vector3(0, 1, 0), new Vector3(-1, 0, 0)));

        // when / then
        refused(last(offerAll(List.of(AXIAL.frame(0), mirrored.frame(1)))), AssemblyRule.MIXED_ORIENTATION);
    }

    @Test
    void shouldRefuseMixedFrameOfReference() {
        refused(last(offerAll(List.of(AXIAL.frame(0), AXIAL.withFrameOfReference("2.25.33").frame(1)))),
                AssemblyRule.MIXED_FRAME_OF_REFERENCE);
    }

    @Test
    void shouldRefuseMixedStudy() {
        refused(last(offerAll(List.of(AXIAL.frame(0), AXIAL.withStudy("2.25.11").frame(1)))),
                AssemblyRule.MIXED_STUDY);
    }

    @Test
    void shouldRefuseMixedMatrix() {
        Refused<String> refused = refused(
                last(offerAll(List.of(AXIAL.frame(0), AXIAL.withMatrix(5, 4).frame(1)))), AssemblyRule.MIXED_MATRIX);
        assertThat(refused.refusal().explanation()).isEqualTo("a slice of 5 x 4 pixels among slices of 4 x 5");
    }

    @Test
    void shouldRefuseMixedPixelSpacing() {
        SliceSeries finer = AXIAL.withPlane(Affine.axisAligned(new Vector3(-20, -30, 40), 1, 1, 0.995));
        refused(last(offerAll(List.of(AXIAL.frame(0), finer.frame(1)))), AssemblyRule.MIXED_PIXEL_SPACING);
    }

    @Test
    void shouldRefuseMixInsideOneMultiFrameInstance() {
        // given
        Frame mixed = new Frame("2.25.5", "2.25.1", "2.25.2", Marks.NONE, "2.25.3", START, 3, List.of(
                AXIAL.frame(0).slices().get(0), AXIAL.frame(1).slices().get(0), CORONAL.frame(2).slices().get(0)));

        // when / then
        refused(assembler.offer(mixed, "t", NOW), AssemblyRule.MIXED_ORIENTATION);
    }

    @Test
    void shouldRefuseContradictoryCounts() {
        refused(last(offerAll(List.of(AXIAL.declaring(20).frame(0), AXIAL.declaring(21).frame(1)))),
                AssemblyRule.CONTRADICTORY_COUNT);
    }

    /** FIELD D 6: by SOP UID <em>and</em> position: the second slice would be lost if it passed for a repeat. */
    @Test
    void shouldRefuseOneInstanceUidAtTwoPlaces() {
        Frame again = SliceSeries.renamed(AXIAL.frame(1), AXIAL.uid(0));
        refused(last(offerAll(List.of(AXIAL.frame(0), again))), AssemblyRule.REUSED_INSTANCE_UID);
    }

    @Test
    void shouldRefuseSingleSlice() {
        assembler.offer(AXIAL.frame(0), "t", NOW);
        onlyRefused(assembler.expire(AFTER_SILENCE), AssemblyRule.TOO_FEW_SLICES);
    }

    @Test
    void shouldRefuseMoreSlicesThanDeclared() {
        // given
        SliceSeries series = AXIAL.declaring(10);
        assembler.offer(series.slab(1, 0, 6), "a", NOW);

        // when
        AssemblyOutcome<String> outcome = assembler.offer(series.slab(2, 6, 12), "b", NOW);

        // then
        assertThat(refused(outcome, AssemblyRule.TOO_MANY_SLICES).refusal().explanation())
                .isEqualTo("12 slices came, 10 expected");
    }

    /** After a stall longer than the time-out the first half went out as if whole; the second half must tell. */
    @Test
    void shouldRefuseSlicesThatComeAfterSilenceClosedTheirVolume() {
        // given
        List<Frame> frames = AXIAL.frames(20);
        offerAll(frames.subList(0, 12));
        onlyComplete(assembler.expire(AFTER_SILENCE));

        // when
        List<AssemblyOutcome<String>> rest = frames.subList(12, 20).stream()
                .map(f -> assembler.offer(f, f.sopInstanceUid(), AFTER_SILENCE)).toList();

        // then
        refused(rest.get(0), AssemblyRule.SLICE_AFTER_CLOSE);
        assertThat(rest.subList(1, 8)).allMatch(o -> o instanceof Late);
    }

    /** The rest of a refused volume is regular in itself, and would go out as a smaller volume. */
    @Test
    void shouldAbsorbTheRestOfARefusedVolume() {
        // given
        offerAll(List.of(AXIAL.frame(0), CORONAL.frame(99)));

        // when
        List<AssemblyOutcome<String>> rest = AXIAL.frames(20).subList(1, 20).stream()
                .map(f -> assembler.offer(f, f.sopInstanceUid(), NOW)).toList();

        // then
        assertThat(rest).allSatisfy(o -> assertThat(o).isInstanceOfSatisfying(Late.class,
                late -> assertThat(late.cause()).isEqualTo(Late.Cause.VOLUME_REFUSED)));
        assertThat(assembler.expire(AFTER_SILENCE)).isEmpty();
        assertNothingHeld();
    }

    /** Frames of two series come from two places, which are told by what their tokens begin with. One place goes: nothing of it is known any more, and all of the other. */
    @Test
    void shouldAbsorbTheRestOfARefusedVolumeAlsoWhenAnotherSeriesGoesElsewhere() {
        // given: both refused at their third slice
        FrameAssembler<String> two = new FrameAssembler<>(POLICY, token -> token.charAt(0) - '0');
        SliceSeries other = AXIAL.withSeries("2.25.77");
        for (int m = 0; m < 2; m++) {
            two.offer(AXIAL.frame(m), "0 " + m, NOW);
            two.offer(other.frame(m), "1 " + m, NOW);
        }
        two.offer(AXIAL.withFrameOfReference("2.25.99").frame(2), "0 2", NOW);
        two.offer(other.withFrameOfReference("2.25.99").frame(2), "1 2", NOW);

        // when
        assertThat(two.withdraw(partition -> partition == 1, NOW)).isEmpty();

        // then: both volumes have ten slices
        for (int m = 3; m < 10; m++) {
            assertThat(two.offer(AXIAL.frame(m), "0 " + m, NOW)).isInstanceOf(Late.class);
        }
        for (int m = 0; m < 10; m++) {
            assertThat(two.offer(other.frame(m), "1 " + m, NOW)).as("comes again").isInstanceOf(Waiting.class);
        }
        assertThat(complete(last(two.expire(AFTER_SILENCE))).volume().volume().grid().depth()).isEqualTo(10);
        assertThat(two.heldFrames()).isZero();
    }

    @Test
    void shouldTakeARefusedVolumeAgainOnceItsSeriesWasSilent() {
        // given
        List<Frame> frames = AXIAL.declaring(20).frames(20);
        offerAll(frames.subList(0, 19));
        onlyRefused(assembler.expire(AFTER_SILENCE), AssemblyRule.GAP);
        assertThat(assembler.offer(frames.get(3), "t", AFTER_SILENCE.plusSeconds(2))).isInstanceOf(Late.class);

        // when: 3 s after the last frame
        Instant again = AFTER_SILENCE.plusSeconds(5);
        List<AssemblyOutcome<String>> outcomes = frames.stream().map(f -> assembler.offer(f, "t", again)).toList();

        // then
        assertThat(complete(last(outcomes)).tokens()).hasSize(20);
    }

    /** A sender that is never silent must not be ignored for ever. */
    @Test
    void shouldAbsorbNoLongerThanTheOpenTimeout() {
        // given
        offerAll(List.of(AXIAL.frame(0), CORONAL.frame(99)));
        Instant at = NOW;
        for (; at.isBefore(NOW.plus(POLICY.openTimeout())); at = at.plusSeconds(1)) {
            assertThat(assembler.offer(AXIAL.frame(1), "t", at)).isInstanceOf(Late.class);
        }

        // when
        AssemblyOutcome<String> outcome = assembler.offer(AXIAL.frame(1), "t", at);

        // then
        assertThat(outcome).isInstanceOf(Waiting.class);
    }

    @Test
    void shouldNotHarmOtherVolumesOfTheSeries() {
        // given: slices at one place have told the phases apart
        offerAll(List.of(AXIAL.withPhase("1").frame(0), AXIAL.withPhase("2").frame(0),
                CORONAL.withPhase("1").frame(99)));

        // when
        AssemblyOutcome<String> outcome = last(offerAll(AXIAL.withPhase("2").declaring(5).frames(5)));

        // then
        assertThat(complete(outcome).tokens()).as("the first slice came twice").hasSize(6);
    }

    @Test
    void shouldBoundFramesHeld() {
        // given
        FrameAssembler<String> small = new FrameAssembler<>(POLICY.withLimits(10, 1 << 20));
        AXIAL.withSeries("2.25.8").frames(6).forEach(f -> small.offer(f, "other", NOW));
        List<AssemblyOutcome<String>> outcomes = AXIAL.frames(5).stream().map(f -> small.offer(f, "t", NOW)).toList();

        // when
        Refused<String> refused = refused(outcomes.get(4), AssemblyRule.TOO_MANY_FRAMES);

        // then: the volume that is over goes, the other waits on
        assertThat(refused.tokens()).hasSize(5).containsOnly("t");
        assertThat(small.heldFrames()).isEqualTo(6);
    }

    @Test
    void shouldBoundRepeatedFramesToo() {
        // given
        FrameAssembler<String> small = new FrameAssembler<>(POLICY.withLimits(10, 1 << 20));
        for (int n = 0; n < 10; n++) {
            small.offer(AXIAL.frame(0), "t", NOW);
        }

        // when
        AssemblyOutcome<String> outcome = small.offer(AXIAL.frame(0), "t", NOW);

        // then
        assertThat(refused(outcome, AssemblyRule.TOO_MANY_FRAMES).tokens()).hasSize(11);
        assertThat(small.heldFrames()).isZero();
    }

    /** A slice of 4 x 5 pixels is 80 bytes. */
    @Test
    void shouldBoundBytesHeldAndNotCountRepeatedPixels() {
        // given
        FrameAssembler<String> small = new FrameAssembler<>(POLICY.withLimits(100, 400));
        AXIAL.frames(5).forEach(f -> small.offer(f, "t", NOW));
        assertThat(small.offer(AXIAL.frame(4), "t", NOW)).isInstanceOf(Waiting.class);
        assertThat(small.heldBytes()).isEqualTo(400);

        // when
        AssemblyOutcome<String> outcome = small.offer(AXIAL.frame(5), "t", NOW);

        // then
        assertThat(refused(outcome, AssemblyRule.TOO_MANY_BYTES).tokens()).hasSize(7);
        assertThat(small.heldBytes()).isZero();
    }

    /** Whatever comes: bounds hold, each token comes back exactly once, nothing is left after silence. */
    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34, 35, 36})
    void shouldGiveEveryTokenBackExactlyOnceInAnyStorm(long seed) {
        // given
        Random random = new Random(seed);
        FrameAssembler<Integer> stormy = new FrameAssembler<>(POLICY.withLimits(60, 60 * 80));
        List<AssemblyOutcome<Integer>> outcomes = new ArrayList<>();
        Instant now = NOW;
        int sent = 5000;

        // when
        for (int token = 0; token < sent; token++) {
            now = now.plusMillis(random.nextInt(40) == 0 ? 3500 : random.nextInt(100));
            outcomes.add(stormy.offer(anyFrame(random), token, now));
            if (random.nextInt(20) == 0) {
                outcomes.addAll(stormy.expire(now));
            }
            if (random.nextInt(200) == 0) {
                outcomes.addAll(stormy.endOfSeries("2.25.2", now));
            }
            assertThat(stormy.heldFrames()).as("seed %d", seed).isLessThanOrEqualTo(60);
            assertThat(stormy.heldBytes()).as("seed %d", seed).isLessThanOrEqualTo(60 * 80);
        }
        outcomes.addAll(stormy.expire(now.plus(Duration.ofHours(1))));

        // then
        List<Integer> back = new ArrayList<>();
        outcomes.forEach(o -> back.addAll(tokensOf(o)));
        assertThat(back).as("seed %d", seed).hasSize(sent).doesNotHaveDuplicates();
        assertThat(stormy.heldFrames()).isZero();
        assertThat(stormy.heldBytes()).isZero();
        assertThat(outcomes).as("the storm has some of each").anyMatch(o -> o instanceof AssemblyOutcome.Complete)
                .anyMatch(o -> o instanceof Refused).anyMatch(o -> o instanceof Late);
    }

    private static Frame anyFrame(Random random) {
        SliceSeries series = AXIAL.withPhase(String.valueOf(random.nextInt(6)))
                .declaring(random.nextInt(3) == 0 ? 4 : 0);
        if (random.nextInt(60) == 0) {
            return CORONAL.withPhase(series.key().phase().substring(1)).frame(random.nextInt(4));
        }
        return series.frameAt(random.nextInt(1000), random.nextInt(4));
    }

    private static List<Integer> tokensOf(AssemblyOutcome<Integer> outcome) {
        if (outcome instanceof AssemblyOutcome.Complete<Integer> c) {
            return c.tokens();
        }
        if (outcome instanceof Refused<Integer> r) {
            return r.tokens();
        }
        return outcome instanceof Late<Integer> l ? List.of(l.token()) : List.of();
    }

    @ParameterizedTest
    @EnumSource(AssemblyRule.class)
    void shouldTellTheOperatorWhatToDoForEachRule(AssemblyRule rule) {
        assertThat(rule.code()).matches("[a-z]+(-[a-z]+)*");
        assertThat(rule.sentence()).endsWith(".").hasSizeBetween(30, 200);
    }

    @Test
    void shouldNotShowUidsInRefusals() {
        // when
        Refused<String> refused = refused(last(offerAll(List.of(AXIAL.frame(0), CORONAL.frame(1)))),
                AssemblyRule.MIXED_ORIENTATION);

        // then
        assertThat(refused.refusal().toString()).startsWith("mixed-orientation: ").doesNotContain("2.25.");
    }

    private List<AssemblyOutcome<String>> offerAll(List<Frame> frames) {
        return frames.stream().map(f -> assembler.offer(f, f.sopInstanceUid(), NOW)).toList();
    }

    private static List<String> uids(List<Frame> frames) {
        return frames.stream().map(Frame::sopInstanceUid).toList();
    }

    private void assertNothingHeld() {
        assertThat(assembler.heldFrames()).isZero();
        assertThat(assembler.heldBytes()).isZero();
    }
}
