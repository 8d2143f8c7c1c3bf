package org.regstream.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.regstream.core.pipeline.TwoBlocks.WINDOW;
import static org.regstream.core.pipeline.TwoBlocks.blocks;
import static org.regstream.core.pipeline.TwoBlocks.grid;
import static org.regstream.core.pipeline.TwoBlocks.ramp;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.DicePredictor;
import org.regstream.core.model.EnsembleModel;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.procedure.Alignment;
import org.regstream.core.procedure.Reference;
import org.regstream.core.testkit.FakeEnsemble;
import org.regstream.core.testkit.FakeModel;

/**
 * Members a = (0, 0, 0) and b = (1, 0, 0): the blocks lie in slices 4, 5 (head) and 6, 7 (body) for a, one slice lower for b.
 * Halves that tie go to the lower label, so the mean shows head in 4 (certain) and 5 (half body), body in 6 (certain).
 */
class AssessmentPipelineTest {

    private static final int[] A = {0, 0, 0};
    private static final int[] B = {1, 0, 0};
    private static final Grid LIVE = grid(10, 12, 14);

    @Test
    void shouldBringTheMembersMeanLabelsToTheLiveGrid() {
        // when
        Assessed assessed = (Assessed) assess(FakeEnsemble.of(WINDOW, A, B));

        // then
        assertThat(assessed.labels().at(3, 4, 6)).isZero();
        assertThat(assessed.labels().at(4, 4, 6)).isEqualTo(1);
        assertThat(assessed.labels().at(5, 4, 6)).isEqualTo(1);
        assertThat(assessed.labels().at(6, 4, 6)).isEqualTo(2);
        assertThat(assessed.labels().at(7, 4, 6)).isZero();
        assertThat(assessed.quality().foldingFraction()).isZero();
    }

    @Test
    void shouldTellTheFiguresOfEachStructure() {
        // when
        Assessed assessed = (Assessed) assess(FakeEnsemble.of(WINDOW, A, B));

        // then: half of the head's voxels are half body, ln 2 nats; the body lost half its volume
        StructureAssessment head = assessed.structures().get(0);
        StructureAssessment body = assessed.structures().get(1);
        assertThat(head.structure()).isEqualTo(FakeModel.HEAD);
        assertThat(head.figures().meanEntropyNats()).isCloseTo(Math.log(2) / 2, within(1e-6));
        assertThat(head.figures().volumeRatio()).isCloseTo(1, within(1e-9));
        assertThat(body.figures().volumeRatio()).isCloseTo(0.5, within(1e-9));
        assertThat(body.summary()).isEqualTo(FakeEnsemble.summaries(2).get(1));
        assertThat(head.predictedDice()).as("the package is not calibrated").isEmpty();
    }

    /** 1 / (1 + exp(|ln ratio|)): 1/2 for the head that kept its volume, 1/3 for the body that lost half of it. */
    @Test
    void shouldPredictTheDiceOfEachCalibratedStructure() {
        // given
        DicePredictor byVolume = new DicePredictor(0, Map.of("logVolumeRatio", -1.0));
        AlertThresholds thresholds = new AlertThresholds("1", 0, Map.of(), Map.of("head", byVolume, "body", byVolume),
                Map.of("head", 0.7, "body", 0.7), "made up");

        // when
        Assessed assessed = (Assessed) assess(FakeEnsemble.of(WINDOW, A, B).withThresholds(thresholds));

        // then
        assertThat(assessed.structures().get(0).predictedDice().orElseThrow()).isCloseTo(0.5, within(1e-9));
        assertThat(assessed.structures().get(1).predictedDice().orElseThrow()).isCloseTo(1.0 / 3, within(1e-9));
    }

    /** One slice down, one up: in no slice is the body more likely than what lies beside it. */
    @Test
    void shouldPredictNothingForAStructureThatIsLost() {
        // given
        DicePredictor any = new DicePredictor(0, Map.of());
        AlertThresholds thresholds = new AlertThresholds("1", 0, Map.of(), Map.of("body", any), Map.of("body", 0.7),
                "made up");

        // when
        Assessed assessed = (Assessed) assess(
                FakeEnsemble.of(WINDOW, new int[]{1, 0, 0}, new int[]{-1, 0, 0}).withThresholds(thresholds));

        // then
        assertThat(assessed.structures().get(1).figures().volumeMm3()).isZero();
        assertThat(assessed.structures().get(1).predictedDice()).isEmpty();
    }

    @Test
    void shouldKeepMapsOnTheBoxOfTheWindowAndNothingOutsideIt() {
        // given: the window lies in the middle of a large live volume, 15 slices above its first
        Reference reference = blocks(LIVE, Alignment.FRAME_OF_REFERENCE);
        Grid live = new Grid(40, 50, 60, LIVE.affine().shifted(-15, -19, -23));

        // when
        Assessed assessed = (Assessed) assess(FakeEnsemble.of(WINDOW, A, B), reference, live, WINDOW);

        // then
        assertThat(assessed.maps().labelEntropy().grid().shape()).containsExactly(12, 14, 16);
        UncertaintyMaps whole = assessed.maps().each(assessed.box()::paste);
        assertThat(whole.labelEntropy().at(15 + 5, 19 + 4, 23 + 6)).isCloseTo((float) Math.log(2), within(1e-6f));
        assertThat(whole.mutualInformation().at(15 + 5, 19 + 4, 23 + 6)).isCloseTo((float) Math.log(2), within(1e-6f));
        assertThat(whole.predictiveUncertainty().at(20, 23, 29)).isEqualTo(FakeEnsemble.PREDICTIVE);
        assertThat(whole.labelEntropy().at(0, 0, 0)).isNaN();
        assertThat(whole.displacementSpreadMm().at(0, 0, 0)).isNaN();
    }

    /** |b - a| / 2 = 0.5 voxel of 2 mm. */
    @Test
    void shouldTellTheSpreadInMillimetres() {
        ModelGrid coarse = new ModelGrid(12, 14, 16, 2, "LPS");

        Assessed assessed = (Assessed) assess(FakeEnsemble.of(coarse, A, B), blocks(LIVE, Alignment.CENTRES), LIVE,
                coarse);

        assertThat(assessed.maps().displacementSpreadMm().values()).containsOnly(1);
    }

    @Test
    void shouldSayWhyThereIsNoAssessment() {
        assertThat(assess(FakeEnsemble.failing(WINDOW, "GPU lost")))
                .isEqualTo(new Rejected(RejectionReason.MODEL_FAULT, "GPU lost"));
    }

    private static AssessmentOutcome assess(EnsembleModel ensemble) {
        return assess(ensemble, blocks(LIVE, Alignment.CENTRES), LIVE, WINDOW);
    }

    private static AssessmentOutcome assess(EnsembleModel ensemble, Reference reference, Grid live, ModelGrid window) {
        Registered registered = (Registered) new RegistrationPipeline(FakeModel.shifting(window, 0, 0, 0))
                .register(reference, ramp(live));
        return new AssessmentPipeline(ensemble).assess(registered);
    }
}
