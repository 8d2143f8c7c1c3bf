package org.regstream.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.regstream.training.TinyTask;
import org.regstream.core.volume.VelocityField;
import org.regstream.core.warp.Integrate;
import org.regstream.training.data.Sample;
import org.regstream.training.network.NetworkDesign.Output;
import org.regstream.training.torchscript.ScriptFunction;

class NetworkDesignTest {

    private static final NetworkDesign PAPER = NetworkDesign.plain(Preset.PAPER, 3);
    private static final NetworkDesign FAST = NetworkDesign.plain(Preset.FAST, 3);

    private final Sample fixed = TinyTask.sample(1);
    private final Sample moving = TinyTask.sample(2).withGrid(fixed.image().grid());

    static Stream<NetworkDesign> designs() {
        return Stream.of(PAPER, FAST, PAPER.with(Heads.PREDICTIVE_AND_REFINER), FAST.with(Flow.VELOCITY)
                .with(Heads.PREDICTIVE_AND_REFINER), FAST.with(Flow.PROBABILISTIC_VELOCITY),
                FAST.with(Conditioning.SMOOTHNESS), PAPER.with(Dropout.LAST_ENCODER), FAST.with(Dropout.DECODER));
    }

    @Test
    void shouldHaveTheWeightsOfThePublishedLayers() {
        // 27 * inputs * outputs + outputs, added up by hand over the twelve layers
        int expected = 27 * (2 * 16 + 16 * 32 + 32 * 32 + 32 * 32 + 32 * 32 + 64 * 32 + 64 * 32 + 48 * 32 + 34 * 32
                + 32 * 16 + 16 * 16 + 16 * 3) + 16 + 8 * 32 + 16 + 16 + 3;

        assertThat(PAPER.size()).isEqualTo(expected);
    }

    @Test
    void shouldAddTheHeadsOfThePaper() {
        // u: 16 -> 3; refiner: [16 features, 3 labels] -> 16 -> 3
        int expected = 27 * (16 * 3 + 19 * 16 + 16 * 3) + 3 + 16 + 3;

        assertThat(PAPER.with(Heads.PREDICTIVE_AND_REFINER).size() - PAPER.size()).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("designs")
    void shouldStartWithAlmostNoDisplacement(NetworkDesign design) {
        Estimate e = estimate(design, 1, 0.5, false);

        assertThat(e.displacement().components()).usingComparatorWithPrecision(1e-2f).containsOnly(0f);
        assertThat(e.warped().values()[fixed.image().grid().offset(8, 8, 8)])
                .isCloseTo(moving.image().at(8, 8, 8), within(1e-2f));
        assertThat(e.warpedLabels().argMax().labels()).isEqualTo(moving.labels().labels());
        assertThat(e.labels().argMax().labels()).isEqualTo(moving.labels().labels());
    }

    private Estimate estimate(NetworkDesign design, float flowScale, double smoothness, boolean random) {
        try (TrainedNetwork network = new TrainedNetwork(design, Precision.FLOAT32)) {
            network.setWeights(TinyTask.movingWeights(design, flowScale));
            return network.estimate(fixed.image(), moving.image(), TinyTask.oneHot(moving), smoothness, random);
        }
    }

    @Test
    void shouldStartWithTheSameUncertaintyEverywhere() {
        float[] u = estimate(FAST.with(Heads.PREDICTIVE_AND_REFINER), 1, 0, false).predictive().orElseThrow().values();

        // softplus(-2) + 1e-3, the start of the head
        float[] start = new float[3 * fixed.image().grid().size()];
        Arrays.fill(start, 0.1279f);
        assertThat(u).containsExactly(start, within(0.01f));
    }

    @Test
    void shouldBeToldTheSmoothnessWhenConditioned() {
        NetworkDesign design = FAST.with(Conditioning.SMOOTHNESS);
        float[] weights = TinyTask.movingWeights(design, 1e5f);
        Random random = new Random(2);
        for (int x = 0; x < weights.length; x++) {
            weights[x] += 0.05f * (float) random.nextGaussian();
        }
        try (TrainedNetwork network = new TrainedNetwork(design, Precision.FLOAT32)) {
            network.setWeights(weights);

            float[] low = network.estimate(fixed.image(), moving.image(), TinyTask.oneHot(moving), 0.1, false)
                    .displacement().components();
            float[] high = network.estimate(fixed.image(), moving.image(), TinyTask.oneHot(moving), 0.9, false)
                    .displacement().components();

            assertThat(low).isNotEqualTo(high);
        }
    }

    @ParameterizedTest
    @MethodSource("designs")
    void shouldEstimateTheSameInEveryCopy(NetworkDesign design) {
        String body = "    return __torch__.flow_of(weights, fixed, moving, labels, smoothness, False, %d)\n";
        float[] one = flow(design, body.formatted(1));
        float[] three = flow(design, body.formatted(3));

        assertThat(TinyTask.largest(one)).isGreaterThan(0.1f);
        for (int copy = 0; copy < 3; copy++) {
            assertThat(Arrays.copyOfRange(three, copy * one.length, (copy + 1) * one.length)).containsExactly(one,
                    within(1e-4f));
        }
    }

    private float[] flow(NetworkDesign design, String body) {
        Shape shape = new Shape(1, 1, 16, 32, 16);
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                ScriptFunction script = ScriptFunction.compile(
                        "fixed: Tensor, moving: Tensor, labels: Tensor, weights: Tensor, smoothness: Tensor) -> Tensor",
                        body, new NetworkScript(design, Precision.FLOAT32, 0).text(), Warp.script())) {
            return script.call(manager.create(fixed.image().values(), shape),
                    manager.create(moving.image().values(), shape),
                    manager.create(TinyTask.oneHot(moving).values(), new Shape(1, 3, 16, 32, 16)),
                    manager.create(TinyTask.movingWeights(design, 1e4f)),
                    manager.create(new float[]{0.5f}, new Shape(1, 1, 1, 1, 1))).singletonOrThrow().toFloatArray();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Dropout.class, names = {"LAST_ENCODER", "DECODER"})
    void shouldDropOnlyWhenAsked(Dropout dropout) {
        NetworkDesign design = FAST.with(dropout);

        float[] once = estimate(design, 1e5f, 0, false).displacement().components();
        assertThat(estimate(design, 1e5f, 0, false).displacement().components()).isEqualTo(once);
        assertThat(estimate(design, 1e5f, 0, true).displacement().components()).isNotEqualTo(once);
    }

    @Test
    void shouldDropAFifthAndScaleUpTheOthers() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                ScriptFunction script = ScriptFunction.compile("x: Tensor) -> Tensor",
                        "    return __torch__.dropped(x, 0.2, True)\n", ScriptOperations.HELPERS)) {
            float[] kept = script.call(manager.ones(new Shape(1, 4, 25, 50, 20))).singletonOrThrow().toFloatArray();

            long dropped = IntStream.range(0, kept.length).filter(x -> kept[x] == 0).count();
            // 100 000 draws: five standard deviations are 0.0063
            assertThat(dropped / (double) kept.length).isCloseTo(0.2, within(0.0063));
            assertThat(kept).usingComparatorWithPrecision(1e-6f).containsOnly(0f, 1.25f);
        }
    }

    @Test
    void shouldIntegrateTheVelocityItEstimates() {
        // the same weights: what one network calls displacement, the other calls velocity
        float[] velocity = estimate(PAPER, 1e5f, 0, false).displacement().components();
        VelocityField v = VelocityField.takeOwnershipOf(fixed.image().grid(), velocity);

        float[] u = estimate(PAPER.with(Flow.VELOCITY), 1e5f, 0, false).displacement().components();

        assertThat(u).containsExactly(Integrate.of(v).components(), within(2e-3f));
        assertThat(u).isNotEqualTo(velocity);
    }

    @Test
    void shouldListOutputsInTheirOrder() {
        assertThat(FAST.with(Flow.PROBABILISTIC_VELOCITY).with(Heads.PREDICTIVE_AND_REFINER).outputs()).containsExactly(
                Output.FLOW, Output.LOG_VARIANCE, Output.DISPLACEMENT, Output.WARPED, Output.WARPED_LABELS,
                Output.LABELS, Output.PREDICTIVE);
    }

    @Test
    void shouldFindAPrecisionThatRunsHere() {
        assertThat(PrecisionProbe.fastest()).isIn((Object[]) Precision.values());
    }
}
