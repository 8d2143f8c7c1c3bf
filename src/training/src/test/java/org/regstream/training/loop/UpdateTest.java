package org.regstream.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpdateTest {

    private static final Offset<Float> CLOSE = within(1e-5f);

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final TrainingState state = TrainingState.of(manager, new float[]{1, -1}, new float[2], new float[2],
            new float[]{1, -1}, Progress.START);
    private final NDArray gradient = manager.create(new float[]{4, -0.5f});

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void shouldFollowAdamByHand() {
        try (Update adam = new Update(Optimiser.ADAM)) {
            // step 1: m / c1 = g, v / c2 = g², so each weight moves by the rate against the gradient's sign
            adam.apply(manager, state, gradient, 1, 0.1);

            assertThat(state.weights().toFloatArray()).containsExactly(new float[]{0.9f, -0.9f}, CLOSE);
            assertThat(gradient.toFloatArray()).containsExactly(0, 0);

            // step 2, gradient 0, half the rate: m / c1 = 0.36 / 0.19, v / c2 = 0.015984 / 0.001999 for g = 4
            adam.apply(manager, state, gradient, 2, 0.05);

            float moved = (float) (0.05 * (0.36 / 0.19) / Math.sqrt(0.015984 / 0.001999));
            assertThat(state.weights().toFloatArray()[0]).isCloseTo(0.9f - moved, CLOSE);
        }
    }

    @Test
    void shouldFollowGradientDescentByHand() {
        try (Update sgd = new Update(Optimiser.SGD)) {
            sgd.apply(manager, state, manager.create(new float[]{0.6f, -0.8f}), 1, 0.1);

            assertThat(state.weights().toFloatArray()).containsExactly(new float[]{0.94f, -0.92f}, CLOSE);
        }
    }

    @Test
    void shouldShortenALongGradientToOne() {
        try (Update sgd = new Update(Optimiser.SGD)) {
            // 3, -4: its length is 5
            sgd.apply(manager, state, manager.create(new float[]{3, -4}), 1, 0.1);

            assertThat(state.weights().toFloatArray()).containsExactly(new float[]{0.94f, -0.92f}, CLOSE);
        }
    }

    @Test
    void shouldLetTheTeacherFollow() {
        try (Update sgd = new Update(Optimiser.SGD)) {
            // α = t / (t + 9): 1 / 10 in step 1, at most 0.99
            sgd.apply(manager, state, manager.create(new float[]{0.6f, -0.8f}), 1, 0.1);
            assertThat(state.teacher().toFloatArray()[0]).isCloseTo(0.1f * 1 + 0.9f * 0.94f, CLOSE);

            float before = state.teacher().toFloatArray()[0];
            sgd.apply(manager, state, manager.zeros(new Shape(2)), 5000, 0.1);
            assertThat(state.teacher().toFloatArray()[0]).isCloseTo(0.99f * before + 0.01f * 0.94f, CLOSE);
        }
    }
}
