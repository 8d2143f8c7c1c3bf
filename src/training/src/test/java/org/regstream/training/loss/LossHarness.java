package org.regstream.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Random;
import org.regstream.training.torchscript.ScriptFunction;

/** Value and gradient of a scalar function of {@code x}, with {@code a} and {@code mask} held fixed. */
final class LossHarness implements AutoCloseable {

    /** float32: a smaller step drowns in rounding, a larger one in curvature. */
    private static final float STEP = 1e-2f;
    private static final double TOLERANCE = 0.02;

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final ScriptFunction function;

    LossHarness(String expression, String... helpers) {
        function = ScriptFunction.compile("x: Tensor, a: Tensor, mask: Tensor) -> Tensor",
                "    return " + expression + "\n", helpers);
    }

    NDArray tensor(float[] values, long... shape) {
        return manager.create(values, new Shape(shape));
    }

    /** Uniform in [0, 1). */
    NDArray random(long seed, long... shape) {
        Random random = new Random(seed);
        float[] values = new float[(int) new Shape(shape).size()];
        for (int x = 0; x < values.length; x++) {
            values[x] = random.nextFloat();
        }
        return tensor(values, shape);
    }

    float value(NDArray x, NDArray a, NDArray mask) {
        return function.call(x, a, mask).singletonOrThrow().getFloat();
    }

    /** @param collect whether to force garbage collections between forward and backward */
    float[] gradient(NDArray x, NDArray a, NDArray mask, boolean collect) {
        NDArray leaf = tensor(x.toFloatArray(), x.getShape().getShape());
        leaf.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray value = function.call(leaf, a, mask).singletonOrThrow();
            if (collect) {
                collectGarbage();
            }
            collector.backward(value);
        }
        return leaf.getGradient().toFloatArray();
    }

    /** What a freed array would be overwritten by is allocated, too. */
    private void collectGarbage() {
        for (int round = 0; round < 3; round++) {
            System.gc();
            System.runFinalization();
            manager.create(new float[1 << 16]).close();
        }
    }

    /** Compares with central differences at every element; collections must change nothing. */
    void requireRightGradient(NDArray x, NDArray a, NDArray mask) {
        float[] gradient = gradient(x, a, mask, false);
        float[] at = x.toFloatArray();
        double scale = 0;
        for (float g : gradient) {
            scale = Math.max(scale, Math.abs(g));
        }
        assertThat(scale).isPositive();
        for (int i = 0; i < at.length; i++) {
            double numeric = (shifted(x, i, STEP, a, mask) - shifted(x, i, -STEP, a, mask)) / (2 * STEP);
            assertThat((double) gradient[i]).as("element %d", i).isCloseTo(numeric, within(TOLERANCE * scale));
        }
        assertThat(gradient(x, a, mask, true)).containsExactly(gradient);
    }

    private double shifted(NDArray x, int i, float by, NDArray a, NDArray mask) {
        float[] values = x.toFloatArray();
        values[i] += by;
        return value(tensor(values, x.getShape().getShape()), a, mask);
    }

    @Override
    public void close() {
        function.close();
        manager.close();
    }
}
