package org.regstream.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import org.junit.jupiter.api.Test;

class ConsistencyTest {

    private static LossHarness harness(String expression) {
        return new LossHarness(expression, Consistency.script());
    }

    @Test
    void shouldMatchHandComputedDifferencesInsideTheMask() {
        try (LossHarness loss = harness("__torch__.consistency(x, a, mask)")) {
            NDArray student = loss.tensor(new float[]{1, 2, 5}, 1, 1, 1, 1, 3);
            NDArray teacher = loss.tensor(new float[]{0, 4, -5}, 1, 1, 1, 1, 3);

            // (1 + 4) / 2
            assertThat(loss.value(student, teacher, loss.tensor(new float[]{1, 1, 0}, 1, 1, 1, 1, 3)))
                    .isCloseTo(2.5f, within(1e-6f));
        }
    }

    @Test
    void shouldHaveRightGradientIntoTheStudent() {
        try (LossHarness loss = harness("__torch__.consistency(x, a, mask)")) {
            loss.requireRightGradient(loss.random(1, 1, 2, 1, 2, 2), loss.random(2, 1, 2, 1, 2, 2),
                    loss.tensor(new float[]{1, 0, 1, 1}, 1, 1, 1, 2, 2));
        }
    }

    @Test
    void shouldKeepTheGradientOutOfTheTeacher() {
        try (LossHarness loss = harness("torch.add(__torch__.consistency(a, x, mask), torch.sum(x))")) {
            NDArray mask = loss.tensor(new float[]{1, 1}, 1, 1, 1, 1, 2);

            // only the sum that the test adds has a gradient
            assertThat(loss.gradient(loss.random(3, 1, 1, 1, 1, 2), loss.random(4, 1, 1, 1, 1, 2), mask, false))
                    .containsExactly(1, 1);
        }
    }
}
