package org.regstream.core.warp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.quality.FieldQuality;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.ShapeMismatchException;
import org.regstream.core.volume.VelocityField;
import org.regstream.core.volume.Volume;

/** Composition, integration and change of grid of displacement fields. */
class FieldAlgebraTest {
    private static final Grid GRID = TestGrids.oblique(20, 22, 24);

    /** Voxels; trilinear interpolation of plane waves of 1.5 voxels amplitude and 35 voxels period. */
    private static final float INTERPOLATION = 0.03f;

    @Test
    void shouldComposeWithNothingToTheSameField() {
        DisplacementField u = RandomData.smoothField(GRID, 1.5, 1);
        assertThat(Compose.of(u, DisplacementField.zero(GRID)).components()).isEqualTo(u.components());
        assertThat(Compose.of(DisplacementField.zero(GRID), u).components()).isEqualTo(u.components());
    }

    @Test
    void shouldWarpOnceAsTheTwoFieldsDoInTurn() {
        // given: a smooth image, so that interpolating twice changes little
        DisplacementField u = RandomData.smoothField(GRID, 1.5, 1);
        DisplacementField v = RandomData.smoothField(GRID, 1.5, 2);
        Volume image = Volume.takeOwnershipOf(GRID,
                Arrays.copyOf(RandomData.smoothField(GRID, 1, 3).components(), GRID.size()));

        // when
        Volume once = Warp.linear(image, Compose.of(u, v), 0);
        Volume twice = Warp.linear(Warp.linear(image, u, 0), v, 0);
        Volume wrongOrder = Warp.linear(image, Compose.of(v, u), 0);

        // then
        assertThat(largestInside(once.values(), twice.values())).isLessThan(INTERPOLATION);
        assertThat(largestInside(wrongOrder.values(), twice.values())).isGreaterThan(2 * INTERPOLATION);
    }

    @Test
    void shouldIntegrateAConstantVelocityToItself() {
        // given
        float[] components = new float[3 * GRID.size()];
        Arrays.fill(components, 0, GRID.size(), 2.5f);
        Arrays.fill(components, GRID.size(), 2 * GRID.size(), -1);

        // when
        DisplacementField u = Integrate.of(VelocityField.takeOwnershipOf(GRID, components));

        // then: at the border too, where velocity goes on
        assertThat(u.components()).containsExactly(components, within(1e-5f));
    }

    @Test
    void shouldIntegrateALinearVelocityToItsExponential() {
        // given: v = a (x - c) along i; the flow is x -> c + e^a (x - c), until it leaves the grid
        double a = 0.3;
        float[] components = new float[3 * GRID.size()];
        for (int x = 0; x < GRID.size(); x++) {
            components[2 * GRID.size() + x] = (float) (a * (x % 24 - 12));
        }

        // when
        DisplacementField u = Integrate.of(VelocityField.takeOwnershipOf(GRID, components));

        // then: 2^-7 Euler steps, (1 + a/128)^128 instead of e^a
        for (int i = 8; i < 16; i++) {
            assertThat(u.at(2, 3, 3, i)).isCloseTo((float) ((Math.pow(1 + a / 128, 128) - 1) * (i - 12)),
                    within(1e-4f));
            assertThat(u.at(2, 3, 3, i)).isCloseTo((float) ((Math.exp(a) - 1) * (i - 12)), within(0.01f));
        }
    }

    @Test
    void shouldBeUndoneByTheOppositeVelocity() {
        // given
        VelocityField v = VelocityField.takeOwnershipOf(GRID, RandomData.smoothField(GRID, 2, 4).components());

        // when
        DisplacementField there = Integrate.of(v);
        DisplacementField back = Integrate.of(v.times(-1));
        float[] around = Compose.of(there, back).components();

        // then
        for (int c = 0; c < 3; c++) {
            float[] component = Arrays.copyOfRange(around, c * GRID.size(), (c + 1) * GRID.size());
            assertThat(largestInside(component, new float[GRID.size()])).isLessThan(INTERPOLATION);
        }
        assertThat(FieldQuality.of(there).foldingFraction()).isZero();
    }

    @Test
    void shouldReturnScaledVelocityWithoutSquaring() {
        VelocityField v = VelocityField.takeOwnershipOf(GRID, RandomData.smoothField(GRID, 2, 4).components());
        assertThat(Integrate.of(v, 0).components()).isEqualTo(v.components());
        assertThatThrownBy(() -> Integrate.of(v, 25)).hasMessageContaining("0 to 24");
    }

    @Test
    void shouldMoveThePatientAlikeOnAnotherGrid() {
        for (Grid target : new Grid[]{turnedInside(), TestGrids.leftHanded(30, 40, 50)}) {
            // given: constant in mm on the source
            Affine a = GRID.affine();
            DisplacementField u = constant(GRID, 0.5, -1.5, 2);
            Vector3 expected = a.toLps(0.5, -1.5, 2).minus(a.origin());

            // when
            DisplacementField there = FieldResample.onto(u, target);

            // then
            boolean[] inside = Resample.inside(GRID, target);
            int n = 0;
            double worst = 0;
            for (int k = 0, x = 0; k < target.depth(); k++) {
                for (int j = 0; j < target.height(); j++) {
                    for (int i = 0; i < target.width(); i++, x++) {
                        Vector3 mm = millimetres(there, k, j, i);
                        worst = Math.max(worst, mm.minus(inside[x] ? expected : new Vector3(0, 0, 0)).norm());
                        n += inside[x] ? 1 : 0;
                    }
                }
            }
            assertThat(worst).isLessThan(1e-5);
            assertThat(n).isPositive();
        }
    }

    @Test
    void shouldSampleTheFieldWhereTheTargetsVoxelsAre() {
        // given: a ramp, exact under trilinear interpolation: u_i = 0.1 k; half the slice distance
        float[] components = new float[3 * GRID.size()];
        for (int x = 0; x < GRID.size(); x++) {
            components[2 * GRID.size() + x] = 0.1f * (x / (22 * 24));
        }
        Affine a = GRID.affine();
        Grid fine = new Grid(39, 22, 24, new Affine(a.origin(), a.stepK().times(0.5), a.stepJ(), a.stepI()));

        // when
        DisplacementField there = FieldResample.onto(DisplacementField.takeOwnershipOf(GRID, components), fine);

        // then
        for (int k = 0; k < 39; k++) {
            assertThat(there.at(2, k, 5, 6)).isCloseTo(0.05f * k, within(1e-6f));
            assertThat(there.at(0, k, 5, 6)).isCloseTo(0, within(1e-6f));
        }
    }

    @Test
    void shouldKeepAFieldOnItsOwnGridAsItIs() {
        DisplacementField u = RandomData.roughField(GRID, 2, 6);
        assertThat(FieldResample.onto(u, GRID).components()).containsExactly(u.components(), within(1e-6f));
    }

    @Test
    void shouldRefuseToComposeAcrossGrids() {
        DisplacementField u = DisplacementField.zero(GRID);
        DisplacementField other = DisplacementField.zero(TestGrids.leftHanded(20, 22, 24));
        assertThatThrownBy(() -> Compose.of(u, other)).isInstanceOf(ShapeMismatchException.class);
    }

    private static Vector3 millimetres(DisplacementField u, int k, int j, int i) {
        Affine a = u.grid().affine();
        return a.toLps(u.at(0, k, j, i), u.at(1, k, j, i), u.at(2, k, j, i)).minus(a.origin());
    }

    /** 1 mm voxels along the patient axes, around the middle of {@link #GRID}. */
    private static Grid turnedInside() {
        Grid box = TestGrids.isotropic(20, 20, 20);
        return new Grid(20, 20, 20, box.affine().translated(GRID.centre().minus(box.centre())));
    }

    private static DisplacementField constant(Grid grid, double k, double j, double i) {
        float[] u = new float[3 * grid.size()];
        Arrays.fill(u, 0, grid.size(), (float) k);
        Arrays.fill(u, grid.size(), 2 * grid.size(), (float) j);
        Arrays.fill(u, 2 * grid.size(), 3 * grid.size(), (float) i);
        return DisplacementField.takeOwnershipOf(grid, u);
    }

    /** Largest difference at least four voxels from the border. */
    private static float largestInside(float[] a, float[] b) {
        float largest = 0;
        for (int k = 4; k < 16; k++) {
            for (int j = 4; j < 18; j++) {
                for (int i = 4; i < 20; i++) {
                    int x = GRID.offset(k, j, i);
                    largest = Math.max(largest, Math.abs(a[x] - b[x]));
                }
            }
        }
        return largest;
    }
}
