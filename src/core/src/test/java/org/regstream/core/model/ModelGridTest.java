package org.regstream.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Orientation;
import org.regstream.core.geometry.Ras;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Resample;

class ModelGridTest {
    private static final ModelGrid MODEL = new ModelGrid(8, 9, 10, 1, "RAS");

    @Test
    void shouldCutAndPadWholeVoxelsOfAnImageInItsOrientation() {
        // given: per side (image, window): (13, 8) cut 5, floor 2 before; (6, 9) add 3, floor -2; (9, 10) add 1, floor -1
        Volume image = RandomData.volume(ras(13, 6, 9), 1);

        // when
        Volume window = Resample.linear(image, MODEL.centredOn(image.grid()), -1);

        // then
        assertThat(window.grid().shape()).containsExactly(8, 9, 10);
        for (int k = 0; k < 8; k++) {
            for (int j = 0; j < 9; j++) {
                for (int i = 0; i < 10; i++) {
                    boolean inside = j >= 2 && j - 2 < 6 && i >= 1 && i - 1 < 9;
                    assertThat(window.at(k, j, i)).isEqualTo(inside ? image.at(k + 2, j - 2, i - 1) : -1);
                }
            }
        }
    }

    @Test
    void shouldCopyExactlyFromEveryAxisOrder() {
        for (Grid grid : new Grid[]{isotropicOblique(41, 51, 37), isotropicOblique(40, 50, 36)}) {
            for (String order : new String[]{"LPS", "RAS", "SAR", "PIR", "IPL", "ASL"}) {
                // given
                Volume image = RandomData.volume(new Orientation(order).reorient(grid), 2);

                // when
                Volume window = Resample.linear(image, MODEL.centredOn(image.grid()), -1);
                Volume back = Resample.linear(window, image.grid(), -1);

                // then: every voxel the window sees comes back untouched, and it sees a full window
                int seen = 0;
                for (int x = 0; x < back.values().length; x++) {
                    if (back.values()[x] != -1) {
                        assertThat(back.values()[x]).isEqualTo(image.values()[x]);
                        seen++;
                    }
                }
                assertThat(seen).isEqualTo(MODEL.size());
                assertThat(Orientation.of(window.grid()).code()).isEqualTo("RAS");
            }
        }
    }

    /** Else a pose between two windows would bend one image into the other. */
    @Test
    void shouldStandUprightInAnImageThatLeans() {
        // given
        for (String order : new String[]{"LPS", "RAS", "SAR", "PIR"}) {
            Grid leaning = new Orientation(order).reorient(TestGrids.sheared(20, 24, 30));

            // when
            Affine window = MODEL.centredOn(leaning).affine();

            // then
            assertThat(window.spacingMm()).containsExactly(new double[]{1, 1, 1}, within(1e-9));
            assertThat(Math.abs(window.determinant())).isCloseTo(1, within(1e-9));
            assertThat(window.toLps(3.5, 4, 4.5).minus(leaning.centre()).norm()).isLessThan(2);
        }
    }

    @Test
    void shouldHoldImagesThatAreNoLargerThanItself() {
        assertThat(MODEL.holds(ras(8, 9, 10))).isTrue();
        assertThat(MODEL.holds(ras(5, 3, 1))).isTrue();
        assertThat(MODEL.holds(ras(8, 9, 11))).isFalse();
        assertThat(MODEL.holds(new Orientation("ASR").reorient(ras(8, 9, 10)))).isTrue();
        assertThat(MODEL.holds(new Grid(5, 4, 5, Affine.axisAligned(new Vector3(0, 0, 0), 2, 2, 2)))).isFalse();
    }

    @Test
    void shouldHaveItsMiddleAtTheMiddleOfTheImage() {
        // given: sides of the same parity as the window's (slices run to the front), so that both middles can meet
        Grid same = isotropicOblique(15, 20, 24);
        Grid coarse = TestGrids.oblique(14, 20, 30);

        // when, then
        assertThat(MODEL.centredOn(same).centre().minus(same.centre()).norm()).isLessThan(1e-9);
        assertThat(MODEL.centredOn(coarse).affine().spacingMm()).containsExactly(new double[]{1, 1, 1}, within(1e-12));
        assertThat(MODEL.centredOn(coarse).centre().minus(coarse.centre()).norm()).isLessThan(1.3);
    }

    @Test
    void shouldStayWithinHalfAVoxelOfAPointAndOnTheLattice() {
        // given
        Grid image = isotropicOblique(40, 41, 42);
        Vector3 point = image.affine().toLps(17.3, 20.8, 11.1);

        // when
        Grid window = MODEL.around(image, point);

        // then
        double[] first = image.affine().toIndex(window.affine().origin());
        for (double index : first) {
            assertThat(index).isCloseTo(Math.rint(index), within(1e-9));
        }
        double[] off = image.affine().toIndex(window.centre());
        assertThat(off[0]).isCloseTo(17.3, within(0.5 + 1e-6));
        assertThat(off[1]).isCloseTo(20.8, within(0.5 + 1e-6));
        assertThat(off[2]).isCloseTo(11.1, within(0.5 + 1e-6));
    }

    @Test
    void shouldRefuseWhatIsNoGrid() {
        assertThatThrownBy(() -> new ModelGrid(0, 1, 1, 1, "RAS")).hasMessageContaining("[0, 1, 1]");
        assertThatThrownBy(() -> new ModelGrid(1, 1, 1, 0, "RAS")).hasMessageContaining("spacing");
        assertThatThrownBy(() -> new ModelGrid(1, 1, 1, 1, "RRS")).hasMessageContaining("orientation");
    }

    private static Grid ras(int depth, int height, int width) {
        return new Grid(depth, height, width, Ras.toLps(new double[]{1, 0, 0, 3, 0, 1, 0, 4, 0, 0, 1, 5}));
    }

    private static Grid isotropicOblique(int depth, int height, int width) {
        Affine a = TestGrids.oblique(1, 1, 1).affine();
        return new Grid(depth, height, width,
                new Affine(a.origin(), a.stepK().normalized(), a.stepJ().normalized(), a.stepI().normalized()));
    }
}
