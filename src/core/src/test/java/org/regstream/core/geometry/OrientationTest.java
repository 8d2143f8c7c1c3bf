package org.regstream.core.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.warp.Resample;

class OrientationTest {

    @Test
    void shouldNameTheDirectionsOfColumnsRowsAndSlices() {
        assertThat(Orientation.of(TestGrids.isotropic(2, 2, 2)).code()).as("+x left, +y back, +z head")
                .isEqualTo("LPS");
        assertThat(
                Orientation.of(new Grid(2, 2, 2, Ras.toLps(new double[]{1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0}))).code())
                .isEqualTo("RAS");
    }

    @Test
    void shouldNameASagittalSeries() {
        // given: columns run to the back, rows to the feet, slices to the patient's right
        Affine affine = new Affine(new Vector3(0, 0, 0), new Vector3(-1, 0, 0), new Vector3(0, 0, -1),
                new Vector3(0, 1, 0));

        // when, then
        assertThat(Orientation.of(new Grid(2, 3, 4, affine)).code()).isEqualTo("PIR");
    }

    @ParameterizedTest
    @MethodSource("org.regstream.core.testkit.TestOrientations#all48()")
    void shouldTurnTheArrayAndLeaveEveryVoxelInPlace(String code) {
        for (Grid grid : new Grid[]{TestGrids.anisotropic(3, 4, 5), TestGrids.oblique(3, 4, 5),
                TestGrids.leftHanded(3, 4, 5)}) {
            // given
            LabelMap labels = RandomData.labels(grid, 256, 5);

            // when
            Grid turned = new Orientation(code).reorient(grid);
            LabelMap there = Resample.nearest(labels, turned);

            // then
            assertThat(Orientation.of(turned).code()).isEqualTo(code);
            assertThat(turned.size()).isEqualTo(60);
            assertThat(Resample.nearest(there, grid).labels()).isEqualTo(labels.labels());
            for (int k = 0; k < turned.depth(); k++) {
                for (int j = 0; j < turned.height(); j++) {
                    for (int i = 0; i < turned.width(); i++) {
                        assertThat(there.at(k, j, i)).isEqualTo(at(labels, turned.affine().toLps(k, j, i)));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("org.regstream.core.testkit.TestOrientations#all48()")
    void shouldReturnToTheGridItCameFrom(String code) {
        Grid grid = TestGrids.oblique(3, 4, 5);
        Grid turned = new Orientation(code).reorient(grid);
        assertThat(Orientation.of(grid).reorient(turned).isSameAs(grid)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RA", "RASP", "RAR", "RLS", "XAS", "ras"})
    void shouldRefuseOtherCodes(String code) {
        assertThatThrownBy(() -> new Orientation(code)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("such as RAS");
    }

    private static int at(LabelMap labels, Vector3 lps) {
        double[] index = labels.grid().affine().toIndex(lps);
        assertThat(Math.abs(index[0] - Math.rint(index[0])) + Math.abs(index[1] - Math.rint(index[1]))
                + Math.abs(index[2] - Math.rint(index[2]))).as("on a voxel centre").isLessThan(1e-9);
        return labels.at((int) Math.rint(index[0]), (int) Math.rint(index[1]), (int) Math.rint(index[2]));
    }
}
