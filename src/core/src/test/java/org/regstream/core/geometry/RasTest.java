package org.regstream.core.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.regstream.core.testkit.TestGrids;

class RasTest {

    @Test
    void shouldFollowTheWorkedExample() {
        // given: i to the patient's left, so that voxel i = 2 lies 10 mm to the left
        double[] rows = {-5, 0, 0, 0, 0, 1, 0, 20, 0, 0, 1, 30};

        // when, then
        assertThat(Ras.toLps(rows).toLps(0, 0, 2)).isEqualTo(new Vector3(10, -20, 30));
    }

    @Test
    void shouldKeepHeadAndTurnTheOtherTwo() {
        assertThat(Ras.flip(new Vector3(1, 2, 3))).isEqualTo(new Vector3(-1, -2, 3));
        assertThat(Ras.flip(Ras.flip(new Vector3(1, 2, 3)))).isEqualTo(new Vector3(1, 2, 3));
    }

    @Test
    void shouldReorderColumnsButNotVoxels() {
        // given: columns i, j, k, translation
        double[] rows = {1, 2, 3, 10, 4, 5, 7, 20, 7, 8, 9, 30};

        // when
        Affine affine = Ras.toLps(rows);

        // then
        assertThat(affine).isEqualTo(new Affine(new Vector3(-10, -20, 30), new Vector3(-3, -7, 9),
                new Vector3(-2, -5, 8), new Vector3(-1, -4, 7)));
    }

    @Test
    void shouldReturnToTheMatrixItCameFrom() {
        for (Grid grid : new Grid[]{TestGrids.oblique(1, 1, 1), TestGrids.leftHanded(1, 1, 1),
                TestGrids.sheared(1, 1, 1)}) {
            assertThat(Ras.toLps(Ras.fromLps(grid.affine()))).isEqualTo(grid.affine());
        }
    }

    @Test
    void shouldKeepTheHandOfTheAxes() {
        // given: the identity in RAS is right-handed in (i, j, k), left-handed in (k, j, i)
        double[] rows = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0};

        // when, then: two flips are a rotation
        assertThat(Ras.toLps(rows).determinant()).isCloseTo(-1, within(1e-15));
    }
}
