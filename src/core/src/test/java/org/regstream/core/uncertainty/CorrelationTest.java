package org.regstream.core.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

class CorrelationTest {
    private static final Grid GRID = TestGrids.isotropic(1, 1, 5);
    private static final LabelMap TRUTH = LabelMap.takeOwnershipOf(GRID, new byte[]{0, 1, 2, 1, 0});

    @Test
    void shouldBePearsonsRByHand() {
        // given: errors 0, 1, 1, 0 and, outside the mask, 1; uncertainties 1, 3, 2, 2
        LabelMap predicted = LabelMap.takeOwnershipOf(GRID, new byte[]{0, 2, 1, 1, 2});
        Volume uncertainty = Volume.takeOwnershipOf(GRID, new float[]{1, 3, 2, 2, 100});

        // when
        double r = Correlation.withLabelError(uncertainty, predicted, TRUTH,
                new boolean[]{true, true, true, true, false});

        // then: offsets (-1, 1, 0, 0) and (-1, 1, 1, -1) / 2: products 1, squares 2 and 1
        assertThat(r).isCloseTo(1 / Math.sqrt(2), within(1e-12));
    }

    @Test
    void shouldBeOneForTheErrorItselfAndMinusOneForItsOpposite() {
        Grid grid = TestGrids.oblique(4, 5, 6);
        LabelMap truth = RandomData.labels(grid, 3, 1);
        LabelMap predicted = RandomData.labels(grid, 3, 2);
        float[] error = new float[grid.size()];
        float[] opposite = new float[grid.size()];
        for (int x = 0; x < error.length; x++) {
            error[x] = predicted.labels()[x] == truth.labels()[x] ? 0.25f : 0.75f;
            opposite[x] = -error[x];
        }

        assertThat(Correlation.withLabelError(Volume.takeOwnershipOf(grid, error), predicted, truth, null))
                .isCloseTo(1, within(1e-12));
        assertThat(Correlation.withLabelError(Volume.takeOwnershipOf(grid, opposite), predicted, truth, null))
                .isCloseTo(-1, within(1e-12));
    }

    @Test
    void shouldNotBeANumberWhereNothingVaries() {
        Volume flat = Volume.takeOwnershipOf(GRID, new float[]{1, 1, 1, 1, 1});
        Volume varied = Volume.takeOwnershipOf(GRID, new float[]{1, 2, 3, 4, 5});
        LabelMap predicted = LabelMap.takeOwnershipOf(GRID, new byte[]{0, 2, 1, 1, 2});

        assertThat(Correlation.withLabelError(flat, predicted, TRUTH, null)).isNaN();
        assertThat(Correlation.withLabelError(varied, TRUTH, TRUTH, null)).isNaN();
    }
}
