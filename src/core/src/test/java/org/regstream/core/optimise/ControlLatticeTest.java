package org.regstream.core.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.testkit.TestGrids;

class ControlLatticeTest {
    private static final Grid GRID = TestGrids.oblique(5, 8, 9);

    @Test
    void shouldCarryConstants() {
        for (int stride : new int[]{1, 2, 3, 4}) {
            // given
            ControlLattice lattice = new ControlLattice(GRID, stride);
            float[] control = new float[lattice.size()];
            Arrays.fill(control, 2.5f);
            float[] dense = new float[3 * GRID.size()];

            // when
            lattice.expand(control, dense);

            // then
            for (float u : dense) {
                assertThat(u).isCloseTo(2.5f, within(1e-5f));
            }
        }
    }

    @Test
    void shouldCarryLinearFunctionsExactly() {
        // given: along i every 4 voxels, 0 to 8: control points 0 to 5 at -4, 0, 4, 8, 12, 16, holding their own place
        ControlLattice lattice = new ControlLattice(TestGrids.isotropic(1, 1, 9), 4);
        float[] control = new float[lattice.size()];
        for (int p = 0; p < control.length; p++) {
            control[p] = 4 * (p % 6 - 1);
        }
        float[] dense = new float[27];

        // when
        lattice.expand(control, dense);

        // then
        for (int x = 0; x < dense.length; x++) {
            assertThat(dense[x]).isCloseTo(x % 9, within(1e-5f));
        }
    }

    @Test
    void shouldGatherByTheAdjoint() {
        // <expand(p), y> = <p, gather(y)>
        ControlLattice lattice = new ControlLattice(GRID, 3);
        float[] p = random(lattice.size(), 1);
        float[] y = random(3 * GRID.size(), 2);
        float[] expanded = new float[y.length];
        float[] gathered = new float[p.length];
        lattice.expand(p, expanded);
        lattice.gather(y, gathered);
        assertThat(dot(expanded, y)).isCloseTo(dot(p, gathered), within(1e-3));
    }

    private static float[] random(int n, long seed) {
        Random random = new Random(seed);
        float[] a = new float[n];
        for (int x = 0; x < n; x++) {
            a[x] = random.nextFloat() - 0.5f;
        }
        return a;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int x = 0; x < a.length; x++) {
            sum += (double) a[x] * b[x];
        }
        return sum;
    }
}
