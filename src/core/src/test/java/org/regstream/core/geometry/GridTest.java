package org.regstream.core.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.regstream.core.testkit.TestGrids;

class GridTest {

    @Test
    void shouldCountColumnsFastest() {
        Grid grid = TestGrids.oblique(3, 4, 5);
        assertThat(grid.size()).isEqualTo(60);
        assertThat(grid.offset(0, 0, 1)).isEqualTo(1);
        assertThat(grid.offset(0, 1, 0)).isEqualTo(5);
        assertThat(grid.offset(1, 0, 0)).isEqualTo(20);
        assertThat(grid.offset(2, 3, 4)).isEqualTo(59);
    }

    @Test
    void shouldRefuseShapesNobodyCanHold() {
        Affine affine = TestGrids.isotropic(1, 1, 1).affine();
        assertThatThrownBy(() -> new Grid(0, 1, 1, affine)).hasMessageContaining("[0, 1, 1]");
        assertThatThrownBy(() -> new Grid(1, -4, 1, affine)).hasMessageContaining("[1, -4, 1]");
        assertThatThrownBy(() -> new Grid(1 << 20, 1 << 20, 1 << 30, affine)).hasMessageContaining("268435456");
        assertThatThrownBy(() -> new Grid(1025, 512, 512, affine)).hasMessageContaining("268435456");
        assertThat(new Grid(1024, 512, 512, affine).size()).isEqualTo(1 << 28);
    }

    @Test
    void shouldBeTheSameUpToRounding() {
        // given
        Grid grid = TestGrids.oblique(20, 200, 200);
        Grid rounded = moved(grid, 0.009);
        Grid elsewhere = moved(grid, 0.011);

        // when, then
        assertThat(grid.isSameAs(grid)).isTrue();
        assertThat(grid.isSameAs(rounded)).isTrue();
        assertThat(grid.isSameAs(elsewhere)).isFalse();
    }

    @Test
    void shouldDifferWhereOnlySpacingHandOrShapeDoes() {
        Grid grid = TestGrids.oblique(20, 200, 200);
        Affine a = grid.affine();
        Grid wider = new Grid(20, 200, 200, new Affine(a.origin(), a.stepK(), a.stepJ(), a.stepI().times(1.0002)));
        assertThat(grid.isSameAs(wider)).as("0.02 mm at the far column").isFalse();
        assertThat(grid.isSameAs(TestGrids.leftHanded(20, 200, 200))).isFalse();
        assertThat(grid.isSameAs(TestGrids.oblique(20, 200, 199))).isFalse();
    }

    @Test
    void shouldCompareAxesOfASingleSlice() {
        assertThat(TestGrids.oblique(1, 5, 5).isSameAs(TestGrids.leftHanded(1, 5, 5))).isFalse();
        assertThat(TestGrids.oblique(1, 5, 5).isSameAs(TestGrids.oblique(1, 5, 5))).isTrue();
    }

    @Test
    void shouldLeaveVoxelsInPlaceWhenCutOrExtended() {
        // given
        Grid grid = TestGrids.leftHanded(6, 7, 8);

        // when
        Grid window = grid.window(2, -3, 1, 3, 12, 4);

        // then
        assertThat(window.shape()).containsExactly(3, 12, 4);
        assertThat(window.affine().toLps(1, 4, 2).minus(grid.affine().toLps(3, 1, 3)).norm()).isLessThan(1e-12);
    }

    @Test
    void shouldHaveItsCentreBetweenTheCorners() {
        // given: an even side's centre lies between voxels
        Grid grid = TestGrids.oblique(4, 5, 6);
        Vector3 expected = grid.affine().toLps(0, 0, 0).plus(grid.affine().toLps(3, 4, 5)).times(0.5);

        // when, then
        assertThat(grid.centre().minus(expected).norm()).isLessThan(1e-12);
    }

    private static Grid moved(Grid grid, double mm) {
        return new Grid(grid.depth(), grid.height(), grid.width(), grid.affine().translated(new Vector3(0, mm, 0)));
    }

    /** Sheared: i (1, 0, 0), j (0.25, 1.5, 0), k (0.2, 0.3, 2). At right angles what is left of them is 1.5 and 2 along y and z. */
    @Test
    void shouldStraightenWhatLeans() {
        Grid leaning = TestGrids.sheared(4, 5, 7);

        Grid straight = leaning.straightened();

        assertThat(straight.affine().stepI()).isEqualTo(new Vector3(1, 0, 0));
        assertThat(straight.affine().stepJ().minus(new Vector3(0, 1.5, 0)).norm()).isLessThan(1e-12);
        assertThat(straight.affine().stepK().minus(new Vector3(0, 0, 2)).norm()).isLessThan(1e-12);
        assertThat(straight.shape()).containsExactly(4, 5, 7);
        assertThat(straight.centre().minus(leaning.centre()).norm()).isLessThan(1e-12);
        assertThat(straight.affine().determinant()).isCloseTo(leaning.affine().determinant(), within(1e-12));
        assertThat(straight.straightened()).isSameAs(straight);
    }

    @Test
    void shouldLeaveRightAnglesAsTheyAre() {
        Grid grid = TestGrids.oblique(4, 5, 7);
        Grid mirrored = TestGrids.leftHanded(4, 5, 7);

        assertThat(grid.straightened()).isSameAs(grid);
        assertThat(mirrored.straightened()).isSameAs(mirrored);
    }
}
