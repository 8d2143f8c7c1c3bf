package org.regstream.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.regstream.training.TinyTask;
import org.regstream.training.data.Sample;
import org.regstream.training.network.NetworkDesign.Output;
import org.regstream.training.torchscript.ScriptFunction;

class TwinTest {

    private static final NetworkDesign TWIN = NetworkDesign.plain(Preset.FAST, 3).with(Flow.VELOCITY).with(Heads.TWIN);
    private static final Shape ONE = new Shape(1, 1, 16, 32, 16);

    private final Sample fixed = TinyTask.sample(1);
    private final Sample moving = TinyTask.sample(2).withGrid(fixed.image().grid());
    private final NetworkScript script = new NetworkScript(TWIN, Precision.FLOAT32, 0);

    private static float[] weights() {
        float[] weights = TinyTask.movingWeights(TWIN, 1);
        for (String level : new String[]{"eighth_flow", "quarter_flow", "half_flow"}) {
            TinyTask.scaled(TWIN, weights, level, 3e4f);
        }
        return weights;
    }

    private static ScriptFunction look(NetworkScript script) {
        return ScriptFunction.compile("fixed: Tensor, moving: Tensor, weights: Tensor) -> List[Tensor]",
                "    return __torch__.look(weights, fixed, moving)\n", script.text(), Warp.script());
    }

    @Test
    void shouldHaveTheWeightsOfItsLayers() {
        // 27 inputs outputs + outputs, layer by layer: encoders, contexts, decoders (narrow: 1 tap), three levels, outlines
        int encoders = 27 * (16 + 16 * 32 + 32 * 48) + 16 + 32 + 48;
        int contexts = 27 * (48 * 64 + 64 * 64 + 64 * 48) + 64 + 64 + 48;
        int decoders = 27 * (80 * 32 + 32 * 24) + 32 * 16 + 32 + 16 + 24;
        int eighth = 27 * (123 * 64 + 64 * 48 + 48 * 4) + 64 + 48 + 4;
        int quarter = 27 * (94 * 48 + 48 * 32 + 32 * 4) + 48 + 32 + 4;
        int half = 27 * (51 * 32 + 32 * 24 + 24 * 4) + 32 + 24 + 4;

        assertThat(TWIN.size()).isEqualTo(encoders + contexts + decoders + eighth + quarter + half + 24 * 24 + 24);
    }

    @Test
    void shouldStartWithAlmostNoDisplacement() {
        try (TrainedNetwork network = new TrainedNetwork(TWIN, Precision.FLOAT32)) {
            network.setWeights(TinyTask.movingWeights(TWIN, 1));

            Estimate e = network.estimate(fixed.image(), moving.image(), TinyTask.oneHot(moving), 0, false);

            assertThat(e.displacement().components()).usingComparatorWithPrecision(2e-2f).containsOnly(0f);
            assertThat(e.warpedLabels().argMax().labels()).isEqualTo(moving.labels().labels());
        }
    }

    @Test
    void shouldSeeEitherImageThroughTheSameLayers() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch"); ScriptFunction look = look(script)) {
            NDArray f = manager.create(fixed.image().values(), ONE);
            NDArray m = manager.create(moving.image().values(), ONE);
            NDArray w = manager.create(weights());

            NDList there = look.call(f, m, w);
            NDList back = look.call(m, f, w);

            int outline = script.placeInLook(Output.OUTLINE);
            int other = script.placeInLook(Output.MOVING_OUTLINE);
            assertThat(there.get(outline).toFloatArray()).containsExactly(back.get(other).toFloatArray(),
                    within(1e-5f));
            assertThat(there.get(other).toFloatArray()).containsExactly(back.get(outline).toFloatArray(),
                    within(1e-5f));
        }
    }

    @Test
    void shouldSeeAPairOfABatchAsItSeesItAlone() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch"); ScriptFunction look = look(script)) {
            NDArray f = manager.create(fixed.image().values(), ONE);
            NDArray m = manager.create(moving.image().values(), ONE);
            NDArray w = manager.create(weights());

            NDList alone = look.call(f, m, w);
            NDList both = look.call(m.concat(f, 0), f.concat(m, 0), w);

            for (int n = 0; n < alone.size(); n++) {
                float[] expected = alone.get(n).toFloatArray();
                float[] seen = both.get(n).toFloatArray();
                assertThat(Arrays.copyOfRange(seen, expected.length, 2 * expected.length)).containsExactly(expected,
                        within(1e-3f));
            }
            assertThat(TinyTask.largest(alone.get(script.placeInLook(Output.DISPLACEMENT)).toFloatArray()))
                    .isGreaterThan(0.3f);
        }
    }

    @Test
    void shouldTellProbabilitiesAndAPositiveError() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch"); ScriptFunction look = look(script)) {
            NDList seen = look.call(manager.create(fixed.image().values(), ONE),
                    manager.create(moving.image().values(), ONE), manager.create(weights()));

            float[] outline = seen.get(script.placeInLook(Output.OUTLINE)).toFloatArray();
            int n = fixed.image().grid().size();
            for (int x = 0; x < n; x++) {
                assertThat(outline[x] + outline[n + x] + outline[2 * n + x]).isCloseTo(1, within(1e-5f));
            }
            for (float b : seen.get(script.placeInLook(Output.EXPECTED_ERROR)).toFloatArray()) {
                assertThat(b).isPositive();
            }
        }
    }

    /** Channel 8 c + 4 dk + 2 dj + di goes to (2k + dk, 2j + dj, 2i + di) of channel c. */
    @Test
    void shouldPutPartsWhereTheyBelong() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                ScriptFunction parts = ScriptFunction.compile("x: Tensor) -> Tensor",
                        "    return __torch__.parts(x)\n", ScriptOperations.HELPERS)) {
            float[] in = new float[16 * 2 * 3 * 2];
            for (int x = 0; x < in.length; x++) {
                in[x] = x;
            }
            NDArray out = parts.call(manager.create(in, new Shape(1, 16, 2, 3, 2))).singletonOrThrow();

            assertThat(out.getShape()).isEqualTo(new Shape(1, 2, 4, 6, 4));
            float[] values = out.toFloatArray();
            // channel 1, (k, j, i) = (3, 4, 1): from channel 8 + 4 + 0 + 1 = 13 at (1, 2, 0)
            assertThat(values[((4 + 3) * 6 + 4) * 4 + 1]).isEqualTo(((13 * 2 + 1) * 3 + 2) * 2);
        }
    }
}
