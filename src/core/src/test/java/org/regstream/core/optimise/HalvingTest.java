package org.regstream.core.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

class HalvingTest {

    @Test
    void shouldSmoothAsComputedByHand() {
        // given: 16 at voxel 2 of a row of 5, which voxels 0, 2, 4 see with 1, 6, 1 sixteenths
        Grid row = TestGrids.isotropic(1, 1, 5);

        // when, then
        Volume half = Halving.of(Volume.takeOwnershipOf(row, new float[]{0, 0, 16, 0, 0}));
        assertThat(half.values()).containsExactly(1, 6, 1);
        assertThat(Halving.of(Volume.takeOwnershipOf(row, new float[]{16, 0, 0, 0, 0})).values())
                .containsExactly(11, 1, 0);
    }

    @Test
    void shouldKeepConstantsAndProbabilities() {
        // given
        Grid g = TestGrids.oblique(5, 6, 7);
        float[] values = new float[g.size()];
        Arrays.fill(values, 0.7f);
        byte[] labels = new byte[g.size()];
        for (int x = 0; x < labels.length; x++) {
            labels[x] = (byte) (x % 3);
        }

        // when
        Volume half = Halving.of(Volume.takeOwnershipOf(g, values));
        LabelProbabilities p = Halving.of(LabelProbabilities.oneHot(LabelMap.copyOf(g, labels), 3));

        // then
        assertThat(half.grid().shape()).containsExactly(3, 3, 4);
        for (int x = 0; x < 36; x++) {
            assertThat(half.values()[x]).isCloseTo(0.7f, within(1e-6f));
            assertThat(p.values()[x] + p.values()[36 + x] + p.values()[72 + x]).isCloseTo(1, within(1e-6f));
        }
    }

    @Test
    void shouldTakeEverySecondVoxelOfAMask() {
        Grid row = TestGrids.isotropic(1, 1, 5);
        assertThat(Halving.of(new boolean[]{true, false, false, true, true}, row)).containsExactly(true, false, true);
    }
}
