package org.regstream.core.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.VoxelBox;
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
    void shouldBeTheSameFieldAtEveryResolution() {
        // given: points every 4 voxels are points every 2 of every second voxel, whatever the length
        for (int length : new int[]{7, 8, 9, 10, 12, 13}) {
            Grid full = TestGrids.isotropic(length, 6, length + 1);
            Grid half = Halving.of(full);
            ControlLattice fine = new ControlLattice(full, 4);
            ControlLattice coarse = new ControlLattice(half, 2);
            assertThat(coarse.size()).isEqualTo(fine.size());
            float[] control = random(fine.size(), 3);
            float[] dense = new float[3 * full.size()];
            float[] seen = new float[3 * half.size()];

            // when
            fine.expand(control, dense);
            coarse.expand(control, seen);

            // then
            for (int x = 0; x < half.size(); x++) {
                int k = x / half.width() / half.height();
                int j = x / half.width() % half.height();
                int there = full.offset(2 * k, 2 * j, 2 * (x % half.width()));
                assertThat(seen[x]).isCloseTo(dense[there], within(1e-6f));
            }
        }
    }

    @Test
    void shouldFreeWhatEndsWithinThePart() {
        // given: a box that ends within the grid along all axes, one control point a voxel
        Grid whole = TestGrids.isotropic(20, 20, 20);
        Part part = Part.of(whole, VoxelBox.around(whole, x -> x == whole.offset(9, 9, 9)).orElseThrow(), 4, 1);
        ControlLattice lattice = new ControlLattice(part.grid(), 1);
        boolean[] free = lattice.free(part);
        float[] control = new float[lattice.size()];
        for (int x = 0; x < control.length; x++) {
            control[x] = free[x] ? 1 : 0;
        }
        float[] dense = new float[3 * part.grid().size()];

        // when
        lattice.expand(control, dense);

        // then: points at voxels 1 to 7 of 0 to 8 are free, whose splines are 0 at -1 and 9; 1/6 of the outermost one is at 0
        for (int k = 0, x = 0; k < 9; k++) {
            for (int j = 0; j < 9; j++) {
                for (int i = 0; i < 9; i++, x++) {
                    assertThat(dense[x]).isCloseTo(sum(k) * sum(j) * sum(i), within(1e-6f));
                }
            }
        }
        assertThat(new ControlLattice(whole, 1).free(Part.all(whole))).containsOnly(true);
    }

    /** Splines of the points 1 to 7 at a voxel. */
    private static float sum(int x) {
        return x == 0 || x == 8 ? 1 / 6f : x == 1 || x == 7 ? 5 / 6f : 1;
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
