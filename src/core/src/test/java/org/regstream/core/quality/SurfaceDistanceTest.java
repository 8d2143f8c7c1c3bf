package org.regstream.core.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.LabelMap;

class SurfaceDistanceTest {
    /** Squared distances are kept as float32. */
    private static final double MM = 1e-5;

    @Test
    void shouldBeZeroForEqualMaps() {
        LabelMap ball = ball(TestGrids.oblique(9, 20, 20), 4, 10, 10, 4);
        assertThat(SurfaceDistance.between(ball, ball, 1)).isEqualTo(new SurfaceDistance(0, 0));
    }

    @Test
    void shouldMeasureSingleVoxelsInMillimetres() {
        // given: 2 slices and 4 columns apart at 2.5 and 0.5 mm: √(5² + 2²)
        Grid grid = TestGrids.oblique(5, 5, 8);
        LabelMap a = voxel(grid, 1, 2, 1);
        LabelMap b = voxel(grid, 3, 2, 5);

        // when
        SurfaceDistance distance = SurfaceDistance.between(a, b, 1);

        // then
        assertThat(distance.averageMm()).isCloseTo(Math.sqrt(29), within(MM));
        assertThat(distance.hd95Mm()).isCloseTo(Math.sqrt(29), within(MM));
    }

    @Test
    void shouldTakeTheWorseDirection() {
        // given: b is a's column of 20 voxels with one more 10 mm to the side; 1 mm voxels
        Grid grid = TestGrids.isotropic(1, 20, 12);
        byte[] column = new byte[240];
        for (int j = 0; j < 20; j++) {
            column[12 * j] = 1;
        }
        byte[] more = column.clone();
        more[10] = 1;

        // when
        SurfaceDistance distance = SurfaceDistance.between(LabelMap.takeOwnershipOf(grid, column),
                LabelMap.takeOwnershipOf(grid, more), 1);

        // then: a to b all 0; b to a 20 times 0 and once 10, of which the 95th percentile is number 0.95 * 20 = 19: 0
        assertThat(distance.hd95Mm()).isZero();
        assertThat(distance.averageMm()).isCloseTo(10.0 / 41, within(MM));
    }

    @Test
    void shouldAgreeWithBruteForceOnRaggedStructures() {
        Random random = new Random(3);
        for (int n = 0; n < 20; n++) {
            // given
            Grid grid = n % 2 == 0 ? TestGrids.oblique(7, 9, 11) : TestGrids.leftHanded(8, 8, 8);
            LabelMap a = sparse(grid, 0.05 + 0.9 * random.nextDouble(), random);
            LabelMap b = sparse(grid, 0.05 + 0.9 * random.nextDouble(), random);

            // when
            SurfaceDistance distance = SurfaceDistance.between(a, b, 1);

            // then
            double[] ab = bruteForce(a, b);
            double[] ba = bruteForce(b, a);
            assertThat(distance.averageMm()).isCloseTo(
                    (Arrays.stream(ab).sum() + Arrays.stream(ba).sum()) / (ab.length + ba.length), within(MM));
            assertThat(distance.hd95Mm()).isCloseTo(Math.max(percentile95(ab), percentile95(ba)), within(MM));
        }
    }

    @Test
    void shouldNotHideALostStructure() {
        // given
        Grid grid = TestGrids.isotropic(3, 3, 3);
        LabelMap empty = LabelMap.takeOwnershipOf(grid, new byte[27]);

        // when, then
        assertThat(SurfaceDistance.between(voxel(grid, 1, 1, 1), empty, 1).hd95Mm()).isInfinite();
        assertThat(SurfaceDistance.between(empty, voxel(grid, 1, 1, 1), 1).averageMm()).isInfinite();
        assertThat(SurfaceDistance.between(empty, empty, 1)).isEqualTo(new SurfaceDistance(Double.NaN, Double.NaN));
    }

    @Test
    void shouldRefuseShearedGrids() {
        LabelMap map = RandomData.labels(TestGrids.sheared(3, 3, 3), 2, 1);
        assertThatThrownBy(() -> SurfaceDistance.between(map, map, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("perpendicular");
    }

    /** From each surface voxel of {@code a}, found by its definition, through patient space to the nearest of {@code b}. */
    private static double[] bruteForce(LabelMap a, LabelMap b) {
        List<Vector3> targets = surface(b);
        return surface(a).stream()
                .mapToDouble(p -> targets.stream().mapToDouble(q -> p.minus(q).norm()).min().orElseThrow()).toArray();
    }

    private static List<Vector3> surface(LabelMap map) {
        List<Vector3> points = new ArrayList<>();
        Grid g = map.grid();
        for (int k = 0; k < g.depth(); k++) {
            for (int j = 0; j < g.height(); j++) {
                for (int i = 0; i < g.width(); i++) {
                    int neighbours = isSet(map, k - 1, j, i) + isSet(map, k + 1, j, i) + isSet(map, k, j - 1, i)
                            + isSet(map, k, j + 1, i) + isSet(map, k, j, i - 1) + isSet(map, k, j, i + 1);
                    if (map.at(k, j, i) == 1 && neighbours < 6) {
                        points.add(g.affine().toLps(k, j, i));
                    }
                }
            }
        }
        return points;
    }

    private static int isSet(LabelMap map, int k, int j, int i) {
        Grid g = map.grid();
        boolean inside = k >= 0 && j >= 0 && i >= 0 && k < g.depth() && j < g.height() && i < g.width();
        return inside && map.at(k, j, i) == 1 ? 1 : 0;
    }

    private static double percentile95(double[] distances) {
        double[] sorted = Arrays.stream(distances).sorted().toArray();
        double at = 0.95 * (sorted.length - 1);
        int below = (int) Math.floor(at);
        return sorted[below] * (below + 1 - at) + sorted[Math.min(below + 1, sorted.length - 1)] * (at - below);
    }

    private static LabelMap sparse(Grid grid, double share, Random random) {
        byte[] labels = new byte[grid.size()];
        for (int x = 0; x < labels.length; x++) {
            labels[x] = (byte) (random.nextDouble() < share ? 1 : 2);
        }
        return LabelMap.takeOwnershipOf(grid, labels);
    }

    private static LabelMap voxel(Grid grid, int k, int j, int i) {
        return ball(grid, k, j, i, 0.5);
    }

    private static LabelMap ball(Grid grid, int k0, int j0, int i0, double radius) {
        byte[] labels = new byte[grid.size()];
        for (int k = 0, x = 0; k < grid.depth(); k++) {
            for (int j = 0; j < grid.height(); j++) {
                for (int i = 0; i < grid.width(); i++, x++) {
                    double squared = (k - k0) * (k - k0) + (j - j0) * (j - j0) + (i - i0) * (i - i0);
                    labels[x] = (byte) (squared <= radius * radius ? 1 : 0);
                }
            }
        }
        return LabelMap.takeOwnershipOf(grid, labels);
    }
}
