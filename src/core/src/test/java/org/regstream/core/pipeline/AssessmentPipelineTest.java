package org.regstream.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.regstream.core.pipeline.TwoBlocks.WINDOW;
import static org.regstream.core.pipeline.TwoBlocks.blocks;
import static org.regstream.core.pipeline.TwoBlocks.grid;
import static org.regstream.core.pipeline.TwoBlocks.moved;
import static org.regstream.core.pipeline.TwoBlocks.noise;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regstream.core.alert.RegistrationFigures;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.DicePredictor;
import org.regstream.core.model.DicePredictor.Range;
import org.regstream.core.model.GenericLimits;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.core.model.Structure;
import org.regstream.core.model.Verdict;
import org.regstream.core.procedure.Alignment;
import org.regstream.core.procedure.Reference;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.volume.Volume;

/** Members pull by (0, 0, 0) and (2, 0, 0), their mean by (1, 0, 0), which is what the live image moved by. */
class AssessmentPipelineTest {

    private static final int[] A = {0, 0, 0};
    private static final int[] B = {2, 0, 0};
    private static final Grid LIVE = grid(10, 12, 14);

    @Test
    void shouldCarryLabelsAlongTheMembersMean() {
        // when
        Assessed assessed = (Assessed) assess(ensemble());

        // then
        assertThat(assessed.choice().source()).isEqualTo(FieldSource.NETWORK);
        for (int k = 0; k < 9; k++) {
            assertThat(assessed.labels().at(k, 4, 6))
                    .isEqualTo(blocks(LIVE, Alignment.CENTRES).labels().at(k + 1, 4, 6));
        }
        assertThat(assessed.quality().foldingFraction()).isZero();
    }

    /** In slices 3 and 4 member a sees background and head, b head and head ... (one slice further each, none agreeing). */
    @Test
    void shouldTellHowFarTheMembersAgree() {
        // when
        Assessed assessed = (Assessed) assess(ensemble());

        // then: head is 2 slices thick and 2 slices apart: no overlap, the same volume
        ReliabilityFeatures head = assessed.structures().get(0).figures().features().orElseThrow();
        assertThat(head.agreement()).isZero();
        assertThat(head.volumeVariation()).isZero();
        assertThat(head.spreadMm()).isCloseTo(1, within(1e-6));
        assertThat(head.entropyInside()).as("half of them see it").isGreaterThan(0.5);
        assertThat(head.similarity()).isCloseTo(1, within(1e-6));
    }

    @Test
    void shouldJudgeEachCalibratedStructureByWhatWasCarried() {
        // given: z = ln 4 - 1 * spread of 1 mm * ln 4
        DicePredictor bySpread = new DicePredictor(Math.log(4), Map.of("spreadMm", -Math.log(4)),
                Map.of("spreadMm", new Range(0, 2)), Math.log(3), 0);
        DicePredictor narrow = new DicePredictor(0, Map.of(), Map.of("spreadMm", new Range(0, 0.5)), 0, 0);

        // when
        Assessed assessed = (Assessed) assess(
                ensemble().withThresholds(thresholds(bySpread, narrow, Optional.empty())));

        // then
        Verdict.Judged head = (Verdict.Judged) assessed.structures().get(0).verdict().orElseThrow();
        assertThat(head.dice()).isCloseTo(0.5, within(1e-6));
        assertThat(head.low90()).isCloseTo(0.25, within(1e-6));
        assertThat(head.high90()).isCloseTo(0.5, within(1e-6));
        Verdict.NotJudged body = (Verdict.NotJudged) assessed.structures().get(1).verdict().orElseThrow();
        assertThat(body.feature()).isEqualTo("spreadMm");
        assertThat(body.value()).isCloseTo(1, within(1e-6));

        // and: the alerts are told
        RegistrationFigures figures = figures(assessed);
        assertThat(figures.predictedDice()).containsOnlyKeys("head");
        assertThat(figures.notJudged()).containsOnlyKeys("body");
        assertThat(figures.outlineDice()).containsOnlyKeys("head", "body");
        assertThat(figures.coverage()).containsEntry("head", 1.0);
    }

    @Test
    void shouldJudgeStructuresThatThePackageDoesNotKnowByTheGenericPredictor() {
        // given
        DicePredictor any = new DicePredictor(0, Map.of(), Map.of(), 0, 0);
        DicePredictor generic = new DicePredictor(Math.log(9), Map.of(), Map.of(), 0, 0);
        Reference known = blocks(LIVE, Alignment.CENTRES);
        Reference reference = new Reference(known.image(), known.labels(),
                List.of(FakeModel.HEAD, new Structure(2, "target", "108369006", "Neoplasm", "#0000ff")),
                Alignment.CENTRES, Optional.empty(), Optional.empty());

        // when
        Assessed assessed = (Assessed) assess(
                ensemble().withThresholds(thresholds(any, any, Optional.of(new GenericLimits(0.5, generic, 0.7)))),
                reference, moved(LIVE, 1, 0, 0), WINDOW);

        // then
        assertThat(((Verdict.Judged) assessed.structures().get(0).verdict().orElseThrow()).dice()).isEqualTo(0.5);
        assertThat(((Verdict.Judged) assessed.structures().get(1).verdict().orElseThrow()).dice())
                .isCloseTo(0.9, within(1e-9));
    }

    /** The mean pulls by 6 slices, as everything moved: the head is out of the image. The student saw it stay. */
    @Test
    void shouldReportAStructureThatIsLostWithoutAVerdict() {
        // given
        DicePredictor any = new DicePredictor(0, Map.of(), Map.of(), 0, 0);
        FakeModel ensemble = FakeModel.ensemble(WINDOW, new int[]{6, 0, 0}, new int[]{6, 0, 0})
                .withThresholds(thresholds(any, any, Optional.empty()));

        // when
        Registered registered = (Registered) new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0))
                .register(blocks(LIVE, Alignment.CENTRES), moved(LIVE, 6, 0, 0));
        Assessed assessed = (Assessed) new AssessmentPipeline(ensemble).assess(registered);

        // then
        assertThat(assessed.structures().get(0).figures().isLost()).isTrue();
        assertThat(assessed.structures().get(0).figures().features()).isEmpty();
        assertThat(assessed.structures().get(0).verdict()).isEmpty();
        assertThat(assessed.structures().get(1).verdict()).isPresent();
        assertThat(figures(assessed).meanEntropyNats()).containsOnlyKeys("body");
    }

    @Test
    void shouldKeepAFieldThatWasFittedForTheStudent() {
        // given: the fit knows that everything moved by (0, 1, 0)
        PairFit fit = (in, look, start, budget) -> FakeModel.shifted(look.grid(), 0, 1, 0);
        Registered registered = (Registered) new RegistrationPipeline(FakeModel.shifting(WINDOW, 0, 0, 0),
                Candidates.fitting(fit, Duration.ofSeconds(1)))
                .register(blocks(LIVE, Alignment.CENTRES), moved(LIVE, 0, 1, 0));

        // when
        Assessed assessed = (Assessed) new AssessmentPipeline(ensemble()).assess(registered);

        // then
        assertThat(registered.choice().source()).isEqualTo(FieldSource.FITTED);
        assertThat(assessed.choice().field()).isSameAs(registered.choice().field());
        assertThat(assessed.labels().labels()).isEqualTo(registered.labels().labels());
        assertThat(assessed.structures().get(0).figures().features().orElseThrow().agreement())
                .as("the members' disagreement is laid around it").isZero();
    }

    @Test
    void shouldKeepMapsOnTheBoxOfTheWindowAndNothingOutsideIt() {
        // given: the window lies in the middle of a large live volume, 15 slices above its first
        Reference reference = blocks(LIVE, Alignment.FRAME_OF_REFERENCE);
        Grid live = new Grid(40, 50, 60, LIVE.affine().shifted(-15, -19, -23));

        // when
        Assessed assessed = (Assessed) assess(ensemble(), reference, noise(live), WINDOW);

        // then
        assertThat(assessed.maps().labelEntropy().grid().shape()).containsExactly(12, 14, 16);
        UncertaintyMaps whole = assessed.maps().each(assessed.box()::paste);
        assertThat(whole.expectedErrorMm().at(20, 23, 29)).isEqualTo(FakeModel.EXPECTED_ERROR);
        assertThat(whole.labelEntropy().at(0, 0, 0)).isNaN();
        assertThat(whole.expectedErrorMm().at(0, 0, 0)).isNaN();
        assertThat(whole.displacementSpreadMm().at(0, 0, 0)).isNaN();
    }

    /** |b - a| / 2 = 1 voxel of 2 mm; an expected error of a quarter of one. */
    @Test
    void shouldTellLengthsInMillimetres() {
        ModelGrid coarse = new ModelGrid(12, 14, 16, 2, "LPS");

        Assessed assessed = (Assessed) assess(FakeModel.ensemble(coarse, A, B), blocks(LIVE, Alignment.CENTRES),
                noise(LIVE), coarse);

        assertThat(assessed.maps().displacementSpreadMm().values()).containsOnly(2);
        assertThat(assessed.maps().expectedErrorMm().values()).containsOnly(0.5f);
    }

    @Test
    void shouldSayWhyThereIsNoAssessment() {
        assertThat(assess(FakeModel.failing(WINDOW, "GPU lost")))
                .isEqualTo(new Rejected(RejectionReason.MODEL_FAULT, "GPU lost"));
    }

    private static FakeModel ensemble() {
        return FakeModel.ensemble(WINDOW, A, B);
    }

    private static AlertThresholds thresholds(DicePredictor head, DicePredictor body,
            Optional<GenericLimits> generic) {
        return new AlertThresholds("1", 0, Map.of(), Map.of("head", head, "body", body),
                Map.of("head", 0.7, "body", 0.7), Map.of(), generic, 1, "made up");
    }

    private static AssessmentOutcome assess(FakeModel ensemble) {
        return assess(ensemble, blocks(LIVE, Alignment.CENTRES), moved(LIVE, 1, 0, 0), WINDOW);
    }

    private static AssessmentOutcome assess(FakeModel ensemble, Reference reference, Volume live, ModelGrid window) {
        Registered registered = (Registered) new RegistrationPipeline(FakeModel.shifting(window, 0, 0, 0))
                .register(reference, live);
        return new AssessmentPipeline(ensemble).assess(registered);
    }

    private static RegistrationFigures figures(Assessed assessed) {
        return AlertFigures.of("v", Instant.EPOCH, assessed.overlay().quality(), assessed.assessments());
    }
}
