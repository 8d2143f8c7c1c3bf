package org.regstream.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.regstream.training.TinyTask;
import org.regstream.training.data.Sample;

class InheritanceTest {

    private static final NetworkDesign BEFORE = NetworkDesign.plain(Preset.FAST, 3).with(Flow.VELOCITY);
    private static final NetworkDesign AFTER = BEFORE.with(Heads.PREDICTIVE_AND_REFINER);

    private final Sample fixed = TinyTask.sample(1);
    private final Sample moving = TinyTask.sample(2).withGrid(fixed.image().grid());
    private final float[] old = TinyTask.movingWeights(BEFORE, 1e5f);

    @Test
    void shouldGoOnWhereTheOtherDesignStopped() {
        // what is new refines by nearly nothing yet
        Estimate before = estimate(BEFORE, old);
        Estimate after = estimate(AFTER, Inheritance.of(AFTER, BEFORE, old, new Random(1)));

        assertThat(TinyTask.largest(before.displacement().components())).isGreaterThan(0.5f);
        assertThat(after.displacement().components()).containsExactly(before.displacement().components(),
                within(1e-2f));
        assertThat(after.labels().values()).containsExactly(before.labels().values(), within(1e-3f));
    }

    @Test
    void shouldKeepAllWeightsOfTheSameDesign() {
        assertThat(Inheritance.of(BEFORE, BEFORE, old, new Random(1))).isEqualTo(old);
    }

    @Test
    void shouldBeginAnewWhereALayerHasOtherOutputs() {
        NetworkDesign more = NetworkDesign.plain(Preset.FAST, 4).with(Flow.VELOCITY)
                .with(Heads.PREDICTIVE_AND_REFINER);
        float[] refining = AFTER.initialWeights(new Random(2));
        float[] heir = Inheritance.of(more, AFTER, refining, new Random(1));

        assertThat(heir).hasSize(more.size());
        assertThat(layer(more, heir, "encoder1")).isEqualTo(layer(AFTER, refining, "encoder1"));
        assertThat(layer(more, heir, "refiner2"))
                .isEqualTo(layer(more, more.initialWeights(new Random(1)), "refiner2"));
    }

    private static float[] layer(NetworkDesign design, float[] weights, String name) {
        int at = 0;
        for (Layer layer : design.layers()) {
            if (layer.name().equals(name)) {
                return Arrays.copyOfRange(weights, at, at + layer.size());
            }
            at += layer.size();
        }
        throw new AssertionError(name);
    }

    private Estimate estimate(NetworkDesign design, float[] weights) {
        try (TrainedNetwork network = new TrainedNetwork(design, Precision.FLOAT32)) {
            network.setWeights(weights);
            return network.estimate(fixed.image(), moving.image(), TinyTask.oneHot(moving), 0, false);
        }
    }
}
