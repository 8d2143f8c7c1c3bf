package org.regstream.core.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.regstream.core.testkit.TestGrids;

class AffineTest {
    private static final double EXACT = 1e-12;

    @Test
    void shouldPlaceTheFirstVoxelAtTheOriginAndFollowItsColumns() {
        // given: 2.5 mm to the head, 0.75 mm to the back, 0.5 mm to the left
        Affine affine = TestGrids.anisotropic(2, 2, 2).affine();

        // when, then
        assertThat(affine.toLps(0, 0, 0)).isEqualTo(new Vector3(-31, 17, 5));
        assertThat(affine.toLps(1, 2, 4)).isEqualTo(new Vector3(-31 + 4 * 0.5, 17 + 2 * 0.75, 5 + 2.5));
        assertThat(affine.spacingMm()).containsExactly(2.5, 0.75, 0.5);
        assertThat(affine.determinant()).as("(k, j, i) along z, y, x").isEqualTo(-2.5 * 0.75 * 0.5);
    }

    @Test
    void shouldReturnToTheIndexItCameFrom() {
        Random random = new Random(1);
        for (Grid grid : new Grid[]{TestGrids.oblique(2, 2, 2), TestGrids.leftHanded(2, 2, 2),
                TestGrids.sheared(2, 2, 2)}) {
            for (int n = 0; n < 100; n++) {
                double[] index = {random.nextDouble() * 99, random.nextDouble() * 99, random.nextDouble() * 99};
                assertThat(grid.affine().toIndex(grid.affine().toLps(index[0], index[1], index[2])))
                        .containsExactly(index, within(1e-10));
            }
        }
    }

    @Test
    void shouldPlaceARealObliqueHeader() {
        // given: ImageOrientationPatient, ImagePositionPatient, PixelSpacing 0.4297, next slice 5 mm along the normal
        Vector3 i = new Vector3(0.99914, 0.03487, 0.02180);
        Vector3 j = new Vector3(-0.02862, 0.96974, -0.24246);
        Vector3 normal = i.cross(j);
        Affine affine = new Affine(new Vector3(-107.4, -129.9, 11.2), normal.times(5), j.times(0.4297),
                i.times(0.4297));

        // when: the corner at the far end of the first row of slice 21
        Vector3 corner = affine.toLps(21, 0, 511);

        // then: position + 511 * 0.4297 i + 105 n; n = (-0.02960, 0.24163, 0.96991)
        assertThat(corner.x()).isCloseTo(-107.4 + 219.388 - 3.108, within(0.01));
        assertThat(corner.y()).isCloseTo(-129.9 + 7.657 + 25.372, within(0.01));
        assertThat(corner.z()).isCloseTo(11.2 + 4.787 + 101.840, within(0.01));
    }

    @Test
    void shouldShiftInVoxelsAndTranslateInMillimetres() {
        Affine affine = TestGrids.oblique(2, 2, 2).affine();
        Vector3 mm = new Vector3(1, 2, 3);
        assertThat(affine.shifted(2, -1, 4).toLps(1, 1, 1).minus(affine.toLps(3, 0, 5)).norm()).isLessThan(EXACT);
        assertThat(affine.translated(mm).toLps(1, 1, 1).minus(affine.toLps(1, 1, 1).plus(mm)).norm()).isLessThan(EXACT);
    }

    @Test
    void shouldKnowItsHand() {
        assertThat(TestGrids.oblique(1, 1, 1).affine().determinant())
                .isCloseTo(-TestGrids.leftHanded(1, 1, 1).affine().determinant(), within(EXACT));
    }

    @Test
    void shouldRefuseAxesThatDoNotSpanSpace() {
        Vector3 x = new Vector3(1, 0, 0);
        Vector3 y = new Vector3(0, 1, 0);
        Vector3 z = new Vector3(0, 0, 1);
        Vector3 nowhere = new Vector3(0, Double.NaN, 0);
        assertThatThrownBy(() -> new Affine(z, x, y, x.plus(y))).hasMessageContaining("span space");
        assertThatThrownBy(() -> new Affine(z, x, y, new Vector3(0, 0, 0))).hasMessageContaining("span space");
        assertThatThrownBy(() -> new Affine(z, x, y, nowhere)).hasMessageContaining("span space");
        assertThatThrownBy(() -> new Affine(nowhere, x, y, z)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Affine(z, x, y, z).step(3)).hasMessageContaining("got 3");
    }

    @Test
    void shouldRefuseToNormaliseNothing() {
        assertThat(new Vector3(0, 3, 4).normalized()).isEqualTo(new Vector3(0, 0.6000000000000001, 0.8));
        assertThatThrownBy(() -> new Vector3(0, 0, 0).normalized()).hasMessageContaining("cannot normalise");
    }
}
