package org.regstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.Volume;

class UnrestTest {

    private static final Grid GRID = new Grid(4, 16, 3, Affine.axisAligned(new Vector3(0, 0, 0), 3, 2, 1));

    @ParameterizedTest
    @ValueSource(ints = {20, 21, 40, 100})
    void shouldLieInTheMiddleOfARun(int volumes) {
        Unrest unrest = Unrest.inTheMiddleOf(volumes);

        int[] restless = restless(unrest, volumes);

        assertThat(restless).hasSize(6);
        double middle = IntStream.of(restless).average().orElseThrow();
        assertThat(middle).isCloseTo((volumes + 1) / 2.0, within(1.0));
    }

    @Test
    void shouldLeaveAShortRunAlone() {
        assertThat(restless(Unrest.inTheMiddleOf(19), 19)).isEmpty();
        assertThat(restless(Unrest.NEVER, 200)).isEmpty();
    }

    @Test
    void shouldComeAgainInARunWithoutEnd() {
        assertThat(restless(Unrest.nowAndThen(), 139)).containsExactly(20, 21, 22, 23, 24, 25, 80, 81, 82, 83, 84, 85);
    }

    @Test
    void shouldSlideByNineMillimetresAlongTheSlices() {
        DisplacementField slid = Unrest.nowAndThen()
                .slid(DisplacementField.takeOwnershipOf(GRID, new float[3 * GRID.size()]));

        for (int x = 0; x < GRID.size(); x++) {
            assertThat(slid.components()[x]).isEqualTo(3);
            assertThat(slid.components()[GRID.size() + x]).isZero();
            assertThat(slid.components()[2 * GRID.size() + x]).isZero();
        }
    }

    @Test
    void shouldLayGhostsOfABrightRowThreeRowsUpAndDown() {
        float[] values = new float[GRID.size()];
        for (int k = 0; k < 4; k++) {
            values[GRID.offset(k, 8, 1)] = 100;
        }

        Volume ghosted = Unrest.nowAndThen().ghosted(Volume.takeOwnershipOf(GRID, values));

        // 6 mm are 3 rows; half the weight on each side, and the rest stays
        assertThat(ghosted.at(0, 8, 1)).isCloseTo(60, within(1e-4f));
        assertThat(ghosted.at(0, 5, 1)).isCloseTo(20, within(1e-4f));
        assertThat(ghosted.at(0, 11, 1)).isCloseTo(20, within(1e-4f));
        assertThat(ghosted.at(1, 8, 1)).isCloseTo(20, within(1e-4f));
        assertThat(ghosted.at(1, 5, 1)).isCloseTo(40, within(1e-4f));
        assertThat(ghosted.at(1, 8, 0)).isZero();
    }

    private static int[] restless(Unrest unrest, int volumes) {
        return IntStream.rangeClosed(1, volumes).filter(unrest::holds).toArray();
    }
}
