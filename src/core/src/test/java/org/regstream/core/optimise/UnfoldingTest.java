package org.regstream.core.optimise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.quality.FieldQuality;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.DisplacementField;

class UnfoldingTest {
    private static final Grid GRID = TestGrids.isotropic(16, 16, 20);

    @Test
    void shouldLeaveAFieldWithoutFoldsAsItIs() {
        DisplacementField smooth = RandomData.smoothField(GRID, 1, 1);
        assertThat(FieldQuality.of(smooth).minDeterminant()).isGreaterThan(Unfolding.LEAST_DETERMINANT);
        assertThat(Unfolding.of(smooth)).isSameAs(smooth);
    }

    @Test
    void shouldTakeOutAFoldAndLeaveWhatIsFarFromIt() {
        // given: two neighbours that swap their places
        float[] u = new float[3 * GRID.size()];
        u[2 * GRID.size() + GRID.offset(8, 8, 9)] = 2;
        u[2 * GRID.size() + GRID.offset(8, 8, 11)] = -2;
        u[GRID.offset(1, 1, 1)] = 0.5f;
        DisplacementField folded = DisplacementField.copyOf(GRID, u);
        assertThat(FieldQuality.of(folded).foldingFraction()).isPositive();

        // when
        DisplacementField result = Unfolding.of(folded);

        // then
        assertThat(FieldQuality.of(result).minDeterminant()).isGreaterThan(Unfolding.LEAST_DETERMINANT);
        assertThat(result.at(0, 1, 1, 1)).isEqualTo(0.5f);
        assertThat(folded.components()).isEqualTo(u);
    }

    @Test
    void shouldTakeOutFoldsEverywhere() {
        for (double amplitude : new double[]{1, 5, 1000}) {
            DisplacementField result = Unfolding.of(RandomData.roughField(GRID, amplitude, 3));
            assertThat(FieldQuality.of(result).minDeterminant()).isGreaterThan(Unfolding.LEAST_DETERMINANT);
        }
    }

    @Test
    void shouldGiveNoDisplacementForAFieldThatIsNoNumber() {
        float[] u = new float[3 * GRID.size()];
        Arrays.fill(u, Float.NaN);
        assertThat(Unfolding.of(DisplacementField.takeOwnershipOf(GRID, u)).components()).containsOnly(0);
    }
}
