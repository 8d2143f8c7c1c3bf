package org.regstream.core.warp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;

class InterpolationTest {

    private static final Grid GRID = TestGrids.isotropic(4, 5, 6);

    /** On voxels, between them, and outside. */
    @Test
    void shouldReadAVectorAsItsThreeComponents() {
        float[] u = RandomData.roughField(GRID, 3, 1).components();
        Random random = new Random(2);
        double[] vector = new double[3];
        for (int n = 0; n < 500; n++) {
            double[] at = {8 * random.nextDouble() - 2, 9 * random.nextDouble() - 2,
                    Math.rint(10 * random.nextDouble())};

            Interpolation.linear(u, GRID, at, vector);

            for (int c = 0; c < 3; c++) {
                assertThat((float) vector[c])
                        .isEqualTo(Interpolation.linear(u, c * GRID.size(), GRID, at[0], at[1], at[2]));
            }
        }
    }

    @Test
    void shouldReadTheVoxelItselfWhateverItsNeighboursHold() {
        float[] u = new float[3 * GRID.size()];
        Arrays.fill(u, Float.NaN);
        for (int c = 0; c < 3; c++) {
            u[c * GRID.size() + GRID.offset(1, 2, 3)] = c;
        }
        double[] vector = new double[3];

        Interpolation.linear(u, GRID, new double[]{1, 2, 3}, vector);

        assertThat(vector).containsExactly(0, 1, 2);
    }
}
