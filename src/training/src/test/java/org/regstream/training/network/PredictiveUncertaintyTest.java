package org.regstream.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.ShapeMismatchException;

class PredictiveUncertaintyTest {

    private static final Grid GRID = new Grid(1, 1, 2, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1));

    /** sqrt((1² + 7²) / 2) = 5, sqrt((3² + 3²) / 2) = 3. */
    @Test
    void shouldCombineChannelsByTheirRootMeanSquare() {
        PredictiveUncertainty u = PredictiveUncertainty.takeOwnershipOf(GRID, 2, new float[]{1, 3, 7, 3});

        assertThat(u.combined().values()).containsExactly(5, 3);
    }

    @Test
    void shouldRefuseAnArrayOfAnotherSize() {
        assertThatThrownBy(() -> PredictiveUncertainty.takeOwnershipOf(GRID, 2, new float[3]))
                .isInstanceOf(ShapeMismatchException.class).hasMessageContaining("got 3");
    }
}
