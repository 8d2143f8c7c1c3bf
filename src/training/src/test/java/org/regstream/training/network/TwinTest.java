package org.regstream.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Random;
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

    /** Of layers that begin with almost nothing as well. */
    private static float[] weights() {
        float[] weights = TWIN.initialWeights(new Random(5));
        for (Layer layer : TWIN.layers()) {
            if (layer.start() == Start.PROPORTIONAL_NOTHING) {
                TinyTask.scaled(TWIN, weights, layer.name(), 3e3f);
            }
        }
        return weights;
    }

    private static ScriptFunction look(NetworkScript script) {
        return ScriptFunction.compile("fixed: Tensor, moving: Tensor, weights: Tensor) -> List[Tensor]",
                "    return __torch__.look(weights, fixed, moving)\n", script.text(), Warp.script());
    }

    @Test
    void shouldHaveTheWeightsOfItsLayers() {
        // 27 inputs outputs + outputs, layer by layer; layers of one tap apart
        int encoders = 27 * (24 + 24 * 48 + 48 * 64) + 24 + 48 + 64;
        int contexts = 27 * (64 * 80 + 80 * 64) + 80 + 64;
        int decoders = 27 * (112 * 48 + 48 * 48 + 40 * 32 + 32 * 32) + 48 * 16 + 48 + 48 + 16 + 32 + 32;
        int eighth = level(64, 32, 3);
        int quarter = level(48, 32, 6);
        int half = level(32, 24, 6);
        int error = 27 * (36 * 24 + 24 * 16) + 24 + 16 + 16 + 1;

        assertThat(TWIN.size())
                .isEqualTo(encoders + contexts + decoders + eighth + quarter + half + error + 32 * 24 + 24);
    }

    /** Matched features, then two iterations of: what is seen, damping, gate, three layers without bias. */
    private static int level(int context, int wide, int known) {
        int seen = 27 * 24 * wide + wide + wide + 1 + 16 * wide + 16;
        return context * 12 + 12 + 2 * (seen + 27 * (16 * 16 + 16 * 3)) + 27 * 16 * (known + 6);
    }

    /** Whatever the weights are: what is added to the velocity is nothing where both images are the same. */
    @Test
    void shouldFindNoMotionBetweenAnImageAndItself() {
        try (TrainedNetwork network = new TrainedNetwork(TWIN, Precision.FLOAT32)) {
            network.setWeights(weights());

            float[] same = network.look(fixed.image(), fixed.image()).displacement().components();

            assertThat(TinyTask.largest(same)).isLessThan(1e-5f);
            assertThat(TinyTask.largest(
                    network.look(fixed.image(), moving.image()).displacement().components())).isGreaterThan(0.3f);
        }
    }

    @Test
    void shouldHaveNoBiasWhereMotionIsAdded() {
        assertThat(TWIN.layers()).filteredOn(l -> l.name().contains("_change")).hasSize(18)
                .allMatch(l -> l.biases() == 0 && l.size() == l.kernelSize());
        assertThat(TWIN.layers()).filteredOn(l -> !l.name().contains("_change"))
                .allMatch(l -> l.biases() == l.outputs());
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
