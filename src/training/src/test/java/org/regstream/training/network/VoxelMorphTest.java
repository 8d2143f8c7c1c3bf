package org.regstream.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.regstream.core.model.Prediction;
import org.regstream.training.TinyTask;
import org.regstream.training.data.Sample;

class VoxelMorphTest {

    @Test
    void shouldHaveTheWeightsOfThePublishedLayers() {
        // 27 * inputs * outputs + outputs, added up by hand over the twelve layers
        int expected = 27 * (2 * 16 + 16 * 32 + 32 * 32 + 32 * 32 + 32 * 32 + 64 * 32 + 64 * 32 + 48 * 32 + 34 * 32
                + 32 * 16 + 16 * 16 + 16 * 3) + 16 + 8 * 32 + 16 + 16 + 3;

        assertThat(VoxelMorph.size()).isEqualTo(expected);
        assertThat(VoxelMorph.offset(VoxelMorph.layers().get(1))).isEqualTo(27 * 2 * 16 + 16);
    }

    @Test
    void shouldStartWithAlmostNoDisplacement() {
        Sample a = TinyTask.sample(1);
        Sample b = TinyTask.sample(2).withGrid(a.image().grid());
        try (TrainedNetwork network = new TrainedNetwork(Precision.FLOAT32)) {
            network.setWeights(VoxelMorph.initialWeights(new Random(1)));

            Prediction p = network.predict(a.image(), b.image(), TinyTask.oneHot(b));

            assertThat(p.displacement().components()).usingComparatorWithPrecision(1e-3f).containsOnly(0f);
            assertThat(p.warped().values()[a.image().grid().offset(8, 8, 8)])
                    .isCloseTo(b.image().at(8, 8, 8), within(1e-2f));
            assertThat(p.labelProbabilities().argMax().labels()).isEqualTo(b.labels().labels());
        }
    }

    @Test
    void shouldFindAPrecisionThatRunsHere() {
        assertThat(PrecisionProbe.fastest()).isIn((Object[]) Precision.values());
    }
}
