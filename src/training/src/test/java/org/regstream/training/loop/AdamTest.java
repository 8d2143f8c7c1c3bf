package org.regstream.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AdamTest {

    private static final Offset<Float> CLOSE = within(1e-5f);

    @Test
    void shouldFollowTheFormulaByHand() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch"); Adam adam = new Adam(0.1)) {
            TrainingState state = TrainingState.of(manager, new float[]{1, -1}, new float[2], new float[2],
                    new float[]{1, -1}, Progress.START);

            // step 1: m / c1 = g, v / c2 = g², so each weight moves by the rate against the gradient's sign
            NDArray gradient = manager.create(new float[]{4, -0.5f});
            adam.update(manager, state, gradient, 1);

            assertThat(state.weights().toFloatArray()).containsExactly(new float[]{0.9f, -0.9f}, CLOSE);
            // average moves by 9 / 11 of the difference
            assertThat(state.average().toFloatArray())
                    .containsExactly(new float[]{1 - 0.9f / 11, -1 + 0.9f / 11}, CLOSE);
            assertThat(gradient.toFloatArray()).containsExactly(0, 0);

            // step 2, gradient 0: m / c1 = 0.36 / 0.19, v / c2 = 0.015984 / 0.001999 for g = 4
            adam.update(manager, state, gradient, 2);

            float moved = (float) (0.1 * (0.36 / 0.19) / Math.sqrt(0.015984 / 0.001999));
            assertThat(state.weights().toFloatArray()[0]).isCloseTo(0.9f - moved, CLOSE);
        }
    }
}
