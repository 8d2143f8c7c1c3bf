package org.regstream.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class UncertaintyTest {

    private static final Offset<Float> CLOSE = within(1e-5f);
    private static final String OF_LABELS = "(x, torch.narrow(a, 0, 0, 1), torch.narrow(a, 0, 1, 1), mask)";
    private static final String OF_UNCERTAINTY = "(torch.narrow(a, 0, 0, 1), torch.narrow(a, 0, 1, 1), x, mask)";

    private static LossHarness harness(String expression) {
        return new LossHarness(expression, Uncertainty.script());
    }

    @Test
    void shouldMatchHandComputedVoxelAndLeaveMaskedOnesOut() {
        try (LossHarness loss = harness("__torch__.label_uncertainty" + OF_LABELS)) {
            // background |0.75 - 1| / 0.5 + ln 0.5, structure |0.25 - 0| / 1 + ln 1, mean of the two; second voxel masked
            NDArray p = loss.tensor(new float[]{0.75f, 9, 0.25f, 9}, 1, 2, 1, 1, 2);
            NDArray labelsAndUncertainty = loss.tensor(new float[]{1, 0, 0, 1, 0.5f, 7, 1, 7}, 2, 2, 1, 1, 2);
            NDArray mask = loss.tensor(new float[]{1, 0}, 1, 1, 1, 1, 2);

            float expected = (float) ((0.5 + Math.log(0.5) + 0.25) / 2);
            assertThat(loss.value(p, labelsAndUncertainty, mask)).isCloseTo(expected, CLOSE);
        }
    }

    @Test
    void shouldBeLeastWhereUncertaintyEqualsError() {
        try (LossHarness loss = harness("__torch__.label_uncertainty" + OF_UNCERTAINTY)) {
            NDArray labels = loss.tensor(new float[]{0.75f, 0.25f, 1, 0}, 2, 2, 1, 1, 1);
            NDArray mask = loss.tensor(new float[]{1}, 1, 1, 1, 1, 1);
            NDArray error = loss.tensor(new float[]{0.25f, 0.25f}, 1, 2, 1, 1, 1);

            assertThat(loss.value(error, labels, mask)).isCloseTo((float) (1 + Math.log(0.25)), CLOSE);
            assertThat(loss.gradient(error, labels, mask, false)).containsExactly(new float[]{0, 0}, CLOSE);
        }
    }

    @Test
    void shouldHaveRightGradientIntoTheLabels() {
        try (LossHarness loss = harness("__torch__.label_uncertainty" + OF_LABELS)) {
            NDArray p = loss.tensor(new float[]{0.1f, 0.7f, 0.6f, 0.9f, 0.3f, 0.4f}, 1, 2, 1, 1, 3);
            NDArray a = loss.tensor(new float[]{0, 1, 1, 1, 0, 0, 0.2f, 1, 3, 0.7f, 0.5f, 2}, 2, 2, 1, 1, 3);

            loss.requireRightGradient(p, a, loss.tensor(new float[]{1, 1, 0}, 1, 1, 1, 1, 3));
        }
    }

    @Test
    void shouldHaveRightGradientIntoTheUncertainty() {
        try (LossHarness loss = harness("__torch__.label_uncertainty" + OF_UNCERTAINTY)) {
            NDArray u = loss.tensor(new float[]{0.4f, 1, 3, 0.7f, 0.5f, 2}, 1, 2, 1, 1, 3);

            loss.requireRightGradient(u, loss.random(6, 2, 2, 1, 1, 3),
                    loss.tensor(new float[]{1, 1, 0}, 1, 1, 1, 1, 3));
        }
    }

    @Test
    void shouldKeepTheGradientOutOfTheLabelsWhenDetached() {
        try (LossHarness loss = harness(
                "torch.add(__torch__.label_uncertainty_detached" + OF_LABELS + ", torch.sum(x))")) {
            NDArray p = loss.random(7, 1, 2, 1, 1, 2);
            NDArray a = loss.random(8, 2, 2, 1, 1, 2).add(1);

            // only the sum that the test adds has a gradient
            assertThat(loss.gradient(p, a, loss.tensor(new float[]{1, 1}, 1, 1, 1, 1, 2), false))
                    .containsExactly(1, 1, 1, 1);
        }
    }
}
