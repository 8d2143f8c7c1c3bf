package org.regstream.navigation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Orientation;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.LabelMap;

class SurfaceNetsTest {

    private static final int MANY = 1_000_000;

    @Test
    void shouldRoundASingleVoxelToACubeOfAThirdOfItsSide() {
        // given: eight cubes of voxels see one corner inside; three edges of each cross half a voxel away: mean (1/6, 1/6, 1/6)
        Grid grid = TestGrids.isotropic(3, 3, 3);
        byte[] labels = new byte[27];
        labels[grid.offset(1, 1, 1)] = 5;

        // when
        TriangleMesh mesh = SurfaceNets.of(LabelMap.copyOf(grid, labels), 5, MANY);

        // then
        assertThat(mesh.pointCount()).isEqualTo(8);
        assertThat(mesh.triangleCount()).isEqualTo(12);
        for (int x = 0; x < 24; x++) {
            assertThat(Math.abs(mesh.points()[x] - 1)).isCloseTo(1 / 6f, within(1e-6f));
        }
        assertThat(volume(mesh)).isCloseTo(1 / 27.0, within(1e-6));
        assertThat(freeSides(mesh)).isZero();
    }

    @Test
    void shouldLayFlatSidesOnTheFacesOfTheVoxels() {
        // given: voxels 2 to 7 of each axis, which reach from 1.5 to 7.5
        LabelMap box = box(TestGrids.isotropic(10, 10, 10), 2, 7);

        // when
        TriangleMesh mesh = SurfaceNets.of(box, 1, MANY);

        // then
        double largest = 0;
        double smallest = 10;
        for (float p : mesh.points()) {
            largest = Math.max(largest, p);
            smallest = Math.min(smallest, p);
        }
        assertThat(largest).isCloseTo(7.5, within(1e-6));
        assertThat(smallest).isCloseTo(1.5, within(1e-6));
        assertThat(freeSides(mesh)).isZero();
    }

    @ParameterizedTest
    @MethodSource("org.regstream.core.testkit.TestOrientations#all48()")
    void shouldEncloseABallSeenFromOutsideWhateverTheOrderOfTheAxes(String code) {
        for (Grid original : new Grid[]{TestGrids.oblique(21, 23, 25), TestGrids.leftHanded(21, 23, 25)}) {
            // given: an ellipsoid off the middle, 8 x 7 x 6 voxels
            Grid grid = new Orientation(code).reorient(original);
            LabelMap ball = ellipsoid(grid, original);
            double voxel = Math.abs(grid.affine().determinant());

            // when
            TriangleMesh mesh = SurfaceNets.of(ball, 1, MANY);

            // then: positive, so the triangles face outwards
            assertThat(volume(mesh)).isCloseTo(ball.count(1) * voxel, within(0.03 * ball.count(1) * voxel));
            assertThat(freeSides(mesh)).isZero();
            assertThat(centre(mesh).minus(centre(ball)).norm()).isLessThan(0.05);
        }
    }

    @Test
    void shouldCloseAnySurfaceEvenAtTheBorderAndAcrossDiagonals() {
        for (int seed = 0; seed < 20; seed++) {
            LabelMap noise = RandomData.labels(TestGrids.oblique(5, 6, 7), 3, seed);
            for (int label = 1; label < 3; label++) {
                TriangleMesh mesh = SurfaceNets.of(noise, label, MANY);
                assertThat(mesh.triangleCount()).as("seed %d", seed).isPositive();
                assertThat(freeSides(mesh)).as("seed %d", seed).isZero();
            }
        }
    }

    @Test
    void shouldStayWithinTheBoundByLargerCells() {
        // given
        LabelMap box = box(TestGrids.anisotropic(40, 40, 40), 3, 34);
        double exact = box.count(1) * Math.abs(box.grid().affine().determinant());
        int whole = SurfaceNets.of(box, 1, MANY).triangleCount();

        // when
        TriangleMesh coarse = SurfaceNets.of(box, 1, 2000);

        // then: 6 sides of 32 x 32 voxels, two triangles each
        assertThat(whole).isEqualTo(6 * 32 * 32 * 2);
        assertThat(coarse.triangleCount()).isBetween(200, 2000);
        assertThat(freeSides(coarse)).isZero();
        assertThat(volume(coarse)).isCloseTo(exact, within(0.1 * exact));
    }

    @Test
    void shouldBeEmptyWhereTheLabelIsNot() {
        TriangleMesh mesh = SurfaceNets.of(box(TestGrids.isotropic(4, 4, 4), 1, 2), 9, MANY);

        assertThat(mesh.pointCount()).isZero();
        assertThat(mesh.triangleCount()).isZero();
    }

    private static LabelMap box(Grid grid, int first, int last) {
        byte[] labels = new byte[grid.size()];
        for (int k = first; k <= last; k++) {
            for (int j = first; j <= last; j++) {
                for (int i = first; i <= last; i++) {
                    labels[grid.offset(k, j, i)] = 1;
                }
            }
        }
        return LabelMap.takeOwnershipOf(grid, labels);
    }

    private static LabelMap ellipsoid(Grid grid, Grid original) {
        byte[] labels = new byte[grid.size()];
        for (int k = 0, x = 0; k < grid.depth(); k++) {
            for (int j = 0; j < grid.height(); j++) {
                for (int i = 0; i < grid.width(); i++, x++) {
                    double[] at = original.affine().toIndex(grid.affine().toLps(k, j, i));
                    double r = Math.pow((at[0] - 11) / 8, 2) + Math.pow((at[1] - 12) / 7, 2)
                            + Math.pow((at[2] - 10) / 6, 2);
                    labels[x] = (byte) (r <= 1 ? 1 : 0);
                }
            }
        }
        return LabelMap.takeOwnershipOf(grid, labels);
    }

    /** How often one triangle uses a side forwards without another that uses it backwards. */
    private static long freeSides(TriangleMesh mesh) {
        Map<Long, Integer> balance = new HashMap<>();
        int[] t = mesh.triangles();
        for (int x = 0; x < t.length; x += 3) {
            for (int side = 0; side < 3; side++) {
                long from = t[x + side];
                long to = t[x + (side + 1) % 3];
                balance.merge(Math.min(from, to) << 32 | Math.max(from, to), from < to ? 1 : -1, Integer::sum);
            }
        }
        return balance.values().stream().filter(b -> b != 0).count();
    }

    /** By the divergence theorem: the sum of a . (b x c) / 6. */
    private static double volume(TriangleMesh mesh) {
        double sum = 0;
        int[] t = mesh.triangles();
        for (int x = 0; x < t.length; x += 3) {
            sum += point(mesh, t[x]).dot(point(mesh, t[x + 1]).cross(point(mesh, t[x + 2]))) / 6;
        }
        return sum;
    }

    private static Vector3 centre(TriangleMesh mesh) {
        Vector3 sum = new Vector3(0, 0, 0);
        double volume = 0;
        int[] t = mesh.triangles();
        for (int x = 0; x < t.length; x += 3) {
            Vector3 a = point(mesh, t[x]);
            Vector3 b = point(mesh, t[x + 1]);
            Vector3 c = point(mesh, t[x + 2]);
            double tetrahedron = a.dot(b.cross(c)) / 6;
            sum = sum.plus(a.plus(b).plus(c).times(tetrahedron / 4));
            volume += tetrahedron;
        }
        return sum.times(1 / volume);
    }

    private static Vector3 centre(LabelMap map) {
        Grid g = map.grid();
        Vector3 sum = new Vector3(0, 0, 0);
        for (int k = 0; k < g.depth(); k++) {
            for (int j = 0; j < g.height(); j++) {
                for (int i = 0; i < g.width(); i++) {
                    sum = map.at(k, j, i) == 1 ? sum.plus(g.affine().toLps(k, j, i)) : sum;
                }
            }
        }
        return sum.times(1.0 / map.count(1));
    }

    private static Vector3 point(TriangleMesh mesh, int number) {
        float[] p = mesh.points();
        return new Vector3(p[3 * number], p[3 * number + 1], p[3 * number + 2]);
    }
}
