package org.regstream.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.ShapeMismatchException;
import org.regstream.core.volume.Volume;

class LookTest {
    private static final Grid GRID = TestGrids.isotropic(1, 1, 2);
    private static final Prediction A = member(GRID, 1, 0.5f, 0, 0.25f);
    private static final Prediction B = member(GRID, 3, 1.5f, 1, 0.75f);

    @Test
    void shouldAverageItsMembers() {
        Look look = new Look(List.of(A, B));

        assertThat(look.displacement().components()).containsExactly(2, 2, 2, 2, 2, 2);
        assertThat(look.displacementSpread().values()).as("|(1, 1, 1)|").containsOnly((float) Math.sqrt(3));
        assertThat(look.expectedError().values()).containsOnly(1);
        assertThat(look.outline().values()).containsOnly(0.5f);
        assertThat(look.movingOutline().values()).containsOnly(0.5f);
        assertThat(look.outline()).as("made once").isSameAs(look.outline());
    }

    @Test
    void shouldCopyNothingOfASingleMember() {
        Look look = new Look(List.of(A));

        assertThat(look.displacement().components()).isSameAs(A.displacement().components());
        assertThat(look.expectedError().values()).isSameAs(A.expectedError().values());
        assertThat(look.outline().values()).isSameAs(A.outline().values());
        assertThat(look.displacementSpread().values()).containsOnly(0);
    }

    @Test
    void shouldRefuseWhatDoesNotFitTogether() {
        Grid other = TestGrids.isotropic(1, 2, 1);
        LabelProbabilities three = LabelProbabilities.takeOwnershipOf(GRID, 3, new float[6]);

        assertThatThrownBy(() -> new Look(List.of())).hasMessageContaining("at least one member");
        assertThatThrownBy(() -> new Look(List.of(A, member(other, 1, 1, 1, 1))))
                .isInstanceOf(ShapeMismatchException.class);
        assertThatThrownBy(() -> new Look(List.of(A,
                new Prediction(A.displacement(), A.expectedError(), three, three))))
                .hasMessageContaining("must outline the same structures");
        assertThatThrownBy(() -> new Prediction(A.displacement(), A.expectedError(), A.outline(), three))
                .hasMessageContaining("same channels");
    }

    private static Prediction member(Grid grid, int shift, float error, float outline, float movingOutline) {
        return new Prediction(FakeModel.shifted(grid, shift, shift, shift),
                Volume.takeOwnershipOf(grid, new float[]{error, error}), labels(grid, outline),
                labels(grid, movingOutline));
    }

    private static LabelProbabilities labels(Grid grid, float p) {
        return LabelProbabilities.takeOwnershipOf(grid, 2, new float[]{1 - p, 1 - p, p, p});
    }
}
