package org.regstream.core.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.ShapeMismatchException;
import org.regstream.core.volume.Volume;

class LabelEntropyTest {
    private static final Grid GRID = TestGrids.oblique(1, 1, 4);
    private static final float NATS = 1e-6f;

    @Test
    void shouldBeZeroWhereOneLabelIsCertain() {
        LabelMap labels = RandomData.labels(GRID, 3, 1);
        assertThat(LabelEntropy.of(LabelProbabilities.oneHot(labels, 3)).values()).containsOnly(0);
    }

    @Test
    void shouldFollowTheDefinition() {
        // given: voxels (1/2, 1/2, 0), (1/3, 1/3, 1/3), (0, 1/4, 3/4), (1, 0, 0)
        float third = 1 / 3f;
        LabelProbabilities p = LabelProbabilities.takeOwnershipOf(GRID, 3,
                new float[]{0.5f, third, 0, 1, 0.5f, third, 0.25f, 0, 0, third, 0.75f, 0});

        // when
        Volume entropy = LabelEntropy.of(p);

        // then
        double threeQuarters = -0.25 * Math.log(0.25) - 0.75 * Math.log(0.75);
        assertThat(entropy.grid()).isEqualTo(GRID);
        assertThat(entropy.values()).containsExactly(
                new float[]{(float) Math.log(2), (float) Math.log(3), (float) threeQuarters, 0}, within(NATS));
    }

    @Test
    void shouldNotTakeProbabilitiesThatAreNoNumbersForCertain() {
        // given: nothing known at voxel 0, one channel lost at voxel 1
        float nan = Float.NaN;
        LabelProbabilities p = LabelProbabilities.takeOwnershipOf(GRID, 2,
                new float[]{nan, 0.5f, 1, 0, nan, nan, 0, 1});

        // when, then
        float most = (float) Math.log(2);
        assertThat(LabelEntropy.of(p).values()).containsExactly(new float[]{most, most, 0, 0}, within(NATS));
    }

    @Test
    void shouldAverageInsideOneLabel() {
        // given
        Volume entropy = Volume.takeOwnershipOf(GRID, new float[]{0.5f, 0.25f, 0.75f, 9});
        LabelMap labels = LabelMap.takeOwnershipOf(GRID, new byte[]{1, (byte) 200, 1, 0});

        // when, then
        assertThat(LabelEntropy.meanInside(entropy, labels, 1)).isEqualTo(0.625);
        assertThat(LabelEntropy.meanInside(entropy, labels, 200)).isEqualTo(0.25);
        assertThat(LabelEntropy.meanInside(entropy, labels, 2)).as("no voxel").isZero();
    }

    @Test
    void shouldRefuseLabelsOfAnotherShape() {
        Volume entropy = RandomData.volume(GRID, 1);
        LabelMap labels = RandomData.labels(TestGrids.oblique(1, 4, 1), 2, 1);
        assertThatThrownBy(() -> LabelEntropy.meanInside(entropy, labels, 1)).isInstanceOf(ShapeMismatchException.class)
                .hasMessageContaining("[1, 1, 4]").hasMessageContaining("[1, 4, 1]");
    }
}
