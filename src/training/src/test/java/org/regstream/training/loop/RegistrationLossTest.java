package org.regstream.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.regstream.training.TinyTask;

class RegistrationLossTest {

    private static final float[] AS_THEY_LIE = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0};

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final RegistrationLoss loss = new RegistrationLoss(TinyTask.settings(1));
    private final PairTensors pair = PairTensors.of(manager, TinyTask.sample(1), TinyTask.sample(2));
    private final TrainingState state = TrainingState.initial(manager, 3);

    @AfterEach
    void close() {
        loss.close();
        manager.close();
    }

    /** @param collect whether to force garbage collections between forward and backward */
    private LossParts backward(boolean collect) {
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray terms = loss.of(manager, pair, AS_THEY_LIE, state.weights());
            if (collect) {
                System.gc();
                System.runFinalization();
                System.gc();
            }
            collector.backward(terms.get(0));
            return LossParts.of(terms.toFloatArray());
        }
    }

    @Test
    void shouldAddTheTermsUp() {
        LossParts parts = backward(false);

        assertThat(parts.total()).isCloseTo(parts.similarity() + parts.segmentation() + 0.1 * parts.smoothness(),
                within(1e-6));
        assertThat(parts.similarity()).isBetween(-1.0, 0.0);
        assertThat(parts.segmentation()).isBetween(0.0, 1.0);
        assertThat(parts.smoothness()).isCloseTo(0, within(1e-6));
    }

    @Test
    void shouldGiveTheSameGradientWhenTheGarbageCollectorRuns() {
        backward(false);
        float[] quiet = state.weights().getGradient().toFloatArray();

        // gradients add up: a second pass must add the same again
        backward(true);

        float[] both = state.weights().getGradient().toFloatArray();
        for (int x = 0; x < quiet.length; x++) {
            assertThat(both[x]).isEqualTo(2 * quiet[x]);
        }
    }

    @Test
    void shouldGoDownOnOnePair() {
        double first = backward(false).total();
        try (Adam adam = new Adam(1e-3)) {
            for (int step = 1; step <= 30; step++) {
                adam.update(manager, state, state.weights().getGradient(), step);
                backward(false);
            }
        }

        assertThat(loss.of(manager, pair, AS_THEY_LIE, state.weights()).toFloatArray()[0])
                .isLessThan((float) first - 0.05f);
    }
}
