package org.regstream.core.warp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Vector3;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.ShapeMismatchException;
import org.regstream.core.volume.Volume;

class WarpTest {
    private static final Grid GRID = TestGrids.oblique(4, 5, 6);

    @Test
    void shouldReturnMovingImageWhenFieldIsZero() {
        // given
        DisplacementField zero = DisplacementField.zero(GRID);
        Volume image = RandomData.volume(GRID, 1);
        LabelMap labels = RandomData.labels(GRID, 4, 2);
        LabelProbabilities soft = LabelProbabilities.oneHot(labels, 4);

        // when, then
        assertThat(Warp.linear(image, zero, -1).values()).isEqualTo(image.values());
        assertThat(Warp.nearest(labels, zero).labels()).isEqualTo(labels.labels());
        assertThat(Warp.linear(soft, zero).values()).isEqualTo(soft.values());
    }

    @Test
    void shouldPullByWholeVoxelsAsAnArrayShift() {
        // given: one slice up, two rows down, one column back
        Volume image = RandomData.volume(GRID, 1);
        LabelMap labels = RandomData.labels(GRID, 9, 1);
        DisplacementField u = constant(GRID, 1, -2, 1);

        // when
        Volume warped = Warp.linear(image, u, -1);
        LabelMap nearest = Warp.nearest(labels, u);

        // then
        for (int k = 0; k < 4; k++) {
            for (int j = 0; j < 5; j++) {
                for (int i = 0; i < 6; i++) {
                    boolean inside = k + 1 < 4 && j - 2 >= 0 && i + 1 < 6;
                    assertThat(warped.at(k, j, i)).isEqualTo(inside ? image.at(k + 1, j - 2, i + 1) : -1);
                    assertThat(nearest.at(k, j, i)).isEqualTo(inside ? labels.at(k + 1, j - 2, i + 1) : 0);
                }
            }
        }
    }

    @Test
    void shouldReadALinearRampBetweenVoxels() {
        // given: I = 100 k + 10 j + i, exact under trilinear interpolation
        Volume ramp = ramp(GRID);
        DisplacementField u = constant(GRID, 0.25, 0.5, -0.75);

        // when
        Volume warped = Warp.linear(ramp, u, -1);

        // then
        assertThat(warped.at(1, 2, 3)).isCloseTo(123 + 25 + 5 - 0.75f, within(1e-4f));
        assertThat(warped.at(2, 3, 5)).isCloseTo(235 + 25 + 5 - 0.75f, within(1e-4f));
    }

    @Test
    void shouldGiveTheBordersValueUpToHalfAVoxelOutside() {
        // given
        Volume ramp = ramp(GRID);

        // when, then: voxel (0, 0, 5) of the last column
        assertThat(Warp.linear(ramp, constant(GRID, 0, 0, 0.5), -1).at(0, 0, 5)).isEqualTo(5);
        assertThat(Warp.linear(ramp, constant(GRID, 0, 0, 0.51), -1).at(0, 0, 5)).isEqualTo(-1);
        assertThat(Warp.linear(ramp, constant(GRID, -0.51, 0, 0), -1).at(0, 0, 5)).isEqualTo(-1);
    }

    @Test
    void shouldKeepLabelsInTheirSetAndProbabilitiesSummingToOne() {
        // given: labels 0, 3 and 6 only, a rough field that leaves the grid in places
        byte[] threes = RandomData.labels(GRID, 3, 4).labels().clone();
        for (int x = 0; x < threes.length; x++) {
            threes[x] *= 3;
        }
        LabelMap labels = LabelMap.takeOwnershipOf(GRID, threes);
        DisplacementField u = RandomData.roughField(GRID, 3, 5);

        // when
        LabelMap warped = Warp.nearest(labels, u);
        LabelProbabilities soft = Warp.linear(LabelProbabilities.oneHot(labels, 7), u);

        // then
        assertThat(warped.labels()).containsOnly(0, 3, 6);
        for (int x = 0; x < GRID.size(); x++) {
            float sum = 0;
            for (int c = 0; c < 7; c++) {
                sum += soft.values()[c * GRID.size() + x];
            }
            assertThat(sum).isCloseTo(1, within(1e-6f));
        }
    }

    @Test
    void shouldTakeADisplacementThatIsNoNumberAsOutside() {
        // given
        float[] components = new float[3 * GRID.size()];
        Arrays.fill(components, Float.NaN);
        DisplacementField u = DisplacementField.takeOwnershipOf(GRID, components);
        LabelMap labels = RandomData.labels(GRID, 9, 1);

        // when, then
        assertThat(Warp.linear(ramp(GRID), u, -1).values()).containsOnly(-1);
        assertThat(Warp.nearest(labels, u).labels()).containsOnly(0);
        assertThat(Warp.linear(LabelProbabilities.oneHot(labels, 9), u).argMax().labels()).containsOnly(0);
    }

    @Test
    void shouldRefuseFieldOnDifferentGrid() {
        DisplacementField u = DisplacementField.zero(TestGrids.leftHanded(4, 5, 6));
        LabelMap labels = RandomData.labels(GRID, 2, 1);
        assertThatThrownBy(() -> Warp.linear(ramp(GRID), u, 0)).isInstanceOf(ShapeMismatchException.class)
                .hasMessageContaining("must share a grid");
        assertThatThrownBy(() -> Warp.nearest(labels, u)).isInstanceOf(ShapeMismatchException.class);
        assertThatThrownBy(() -> Warp.linear(LabelProbabilities.oneHot(labels, 2), u))
                .isInstanceOf(ShapeMismatchException.class);
    }

    private static Volume ramp(Grid grid) {
        float[] values = new float[grid.size()];
        for (int k = 0, x = 0; k < grid.depth(); k++) {
            for (int j = 0; j < grid.height(); j++) {
                for (int i = 0; i < grid.width(); i++) {
                    values[x++] = 100 * k + 10 * j + i;
                }
            }
        }
        return Volume.takeOwnershipOf(grid, values);
    }

    private static DisplacementField constant(Grid grid, double k, double j, double i) {
        float[] u = new float[3 * grid.size()];
        Arrays.fill(u, 0, grid.size(), (float) k);
        Arrays.fill(u, grid.size(), 2 * grid.size(), (float) j);
        Arrays.fill(u, 2 * grid.size(), 3 * grid.size(), (float) i);
        return DisplacementField.takeOwnershipOf(grid, u);
    }

    /** Half way between two voxels it is the higher one, everywhere: no voxel is read twice, none is left out. */
    @Test
    void shouldReadEveryVoxelOnceAtAShiftOfHalfAVoxel() {
        Grid grid = TestGrids.isotropic(6, 1, 1);
        float[] u = new float[18];
        Arrays.fill(u, 0, 6, 0.5f);
        LabelMap moving = LabelMap.takeOwnershipOf(grid, new byte[]{1, 2, 3, 4, 5, 6});

        assertThat(Warp.nearest(moving, DisplacementField.takeOwnershipOf(grid, u)).labels()).containsExactly(2, 3, 4,
                5, 6, 6);
    }

    /** A ramp along i in LPS mm, whatever the grids: the value tells where it was read. */
    @Test
    void shouldSampleAnImageOnceFromItsOwnGrid() {
        // given: the image is larger and finer than the field's grid, and turned; u is (0, 0, 1.5) voxels of 2 mm
        Grid window = new Grid(6, 6, 6, Affine.axisAligned(new Vector3(0, 0, 0), 2, 2, 2));
        Grid image = new Grid(40, 40, 40, new Affine(new Vector3(-10, -10, -10), new Vector3(0.75, 0, 0),
                new Vector3(0, 0.75, 0), new Vector3(0, 0, 0.75)));
        float[] ramp = new float[image.size()];
        for (int x = 0; x < ramp.length; x++) {
            ramp[x] = (float) (-10 + 0.75 * (x / 1600));
        }
        float[] u = new float[3 * window.size()];
        Arrays.fill(u, 2 * window.size(), 3 * window.size(), 1.5f);
        Grid target = new Grid(3, 3, 5, Affine.axisAligned(new Vector3(1, 3, 3), 1, 1, 1));

        // when
        Volume out = Warp.linear(Volume.takeOwnershipOf(image, ramp), DisplacementField.takeOwnershipOf(window, u),
                target, -99);

        // then
        for (int i = 0; i < 5; i++) {
            assertThat(out.at(1, 1, i)).isCloseTo(1 + i + 3, within(1e-4f));
        }
        Grid beyond = new Grid(1, 1, 1, Affine.axisAligned(new Vector3(11.1, 3, 3), 1, 1, 1));
        assertThat(
                Warp.linear(Volume.takeOwnershipOf(image, ramp), DisplacementField.takeOwnershipOf(window, u), beyond,
                        -99).values())
                .as("the field ends at 11 mm").containsExactly(-99);
    }
}
