package org.regstream.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DoubleUncertaintyTest {

    private static final Offset<Float> CLOSE = within(1e-5f);

    private static float value(String expression, float[] fields, float[] images, float[] mask) {
        try (LossHarness f = new LossHarness(expression, DoubleUncertainty.script())) {
            int n = mask.length;
            NDArray x = f.tensor(fields, fields.length / (3 * n), 3, 1, 1, n);
            NDArray a = f.tensor(images, images.length / n, 1, 1, 1, n);
            return f.value(x, a, f.tensor(mask, 1, 1, 1, 1, n));
        }
    }

    @Test
    void shouldMatchHandComputedRatioOfTheField() {
        // two passes of one voxel: component k 1, 3: σ = √2, μ = 2; j -0.2, -0.2: 0; i -0.01, 0.01: σ = 0.01 √2, |μ| held at 0.05
        float u = value("torch.select(torch.flatten(__torch__.doubt(x), 0, -1), 0, 0)",
                new float[]{1, -0.2f, -0.01f, 3, -0.2f, 0.01f}, new float[2], new float[]{1});

        float root = (float) Math.sqrt(2);
        assertThat(u).isCloseTo((root / 2 + 0 + 0.01f * root / 0.05f) / 3, CLOSE);
    }

    @Test
    void shouldShareOutValuesAboveEachThresholdInsideTheMask() {
        // voxels of the field: U = 0, √2 / 2 in the second component (1 and 3), masked
        float[] fields = {5, 1, 1, 5, 5, 1, 5, 5, 1, /* pass 2 */ 5, 3, 9, 5, 5, 9, 5, 5, 9};
        // voxels of the image: U = √2 0.01 / 0.495 = 0.0286 and 0.0014, masked
        float[] images = {0.49f, 0.5f, 0, /* pass 2 */ 0.5f, 0.501f, 1};
        float[] mask = {1, 1, 0};

        assertThat(share(0, 0.10, 0.01, fields, images, mask)).isCloseTo(1 / 6f, CLOSE);
        assertThat(share(0, 0.71, 0.01, fields, images, mask)).isZero();
        assertThat(share(1, 0.10, 0.01, fields, images, mask)).isCloseTo(0.5f, CLOSE);
        assertThat(share(1, 0.10, 0.001, fields, images, mask)).isCloseTo(1, CLOSE);
    }

    private static float share(int which, double t1, double t2, float[] fields, float[] images, float[] mask) {
        return value("torch.select(__torch__.double_uncertainty(x, a, mask, %s, %s), 0, %d)".formatted(t1, t2, which),
                fields, images, mask);
    }
}
