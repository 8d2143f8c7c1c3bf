package org.regstream.core.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.ShapeMismatchException;
import org.regstream.core.volume.Volume;

class EnsembleMapsTest {
    private static final Grid GRID = TestGrids.isotropic(1, 1, 2);
    private static final float FLOAT = 1e-6f;

    @Test
    void shouldMeasureTheSpreadOverAllThreeComponents() {
        // given: the first voxel's members at (0, 0, 0) and (2, 4, 4), the second's alike
        DisplacementField a = DisplacementField.takeOwnershipOf(GRID, new float[]{0, 7, 0, 8, 0, 9});
        DisplacementField b = DisplacementField.takeOwnershipOf(GRID, new float[]{2, 7, 4, 8, 4, 9});

        // then: each 3 = |(1, 2, 2)| from their middle
        assertThat(EnsembleMaps.displacementSpread(List.of(a, b)).values()).containsExactly(3, 0);
        assertThat(EnsembleMaps.meanDisplacement(List.of(a, b)).components()).containsExactly(1, 7, 2, 8, 2, 9);
    }

    @Test
    void shouldTellDisagreementFromDoubt() {
        // given: in the first voxel both are certain of another label, in the second both doubt alike
        LabelProbabilities a = LabelProbabilities.takeOwnershipOf(GRID, 2, new float[]{1, 0.5f, 0, 0.5f});
        LabelProbabilities b = LabelProbabilities.takeOwnershipOf(GRID, 2, new float[]{0, 0.5f, 1, 0.5f});

        // when
        float[] information = EnsembleMaps.mutualInformation(List.of(a, b)).values();

        // then
        assertThat(EnsembleMaps.meanLabels(List.of(a, b)).values()).containsExactly(0.5f, 0.5f, 0.5f, 0.5f);
        assertThat(information[0]).isCloseTo((float) Math.log(2), within(FLOAT));
        assertThat(information[1]).isZero();
    }

    @Test
    void shouldAddUncertaintiesInSquares() {
        Volume three = Volume.takeOwnershipOf(GRID, new float[]{3, 0});
        Volume four = Volume.takeOwnershipOf(GRID, new float[]{4, 2});

        assertThat(EnsembleMaps.combined(three, four).values()).containsExactly(5, 2);
        assertThat(EnsembleMaps.rootMeanSquare(List.of(three, four)).values())
                .containsExactly(new float[]{(float) Math.sqrt(12.5), (float) Math.sqrt(2)}, within(FLOAT));
    }

    @Test
    void shouldRefuseMembersThatDoNotFit() {
        DisplacementField here = DisplacementField.zero(GRID);
        DisplacementField there = DisplacementField.zero(TestGrids.isotropic(1, 2, 1));
        LabelProbabilities two = LabelProbabilities.takeOwnershipOf(GRID, 2, new float[4]);
        LabelProbabilities three = LabelProbabilities.takeOwnershipOf(GRID, 3, new float[6]);

        assertThatThrownBy(() -> EnsembleMaps.displacementSpread(List.of(here, there)))
                .isInstanceOf(ShapeMismatchException.class);
        assertThatThrownBy(() -> EnsembleMaps.meanLabels(List.of(two, three)))
                .isInstanceOf(ShapeMismatchException.class);
        assertThatThrownBy(() -> EnsembleMaps.meanLabels(List.of())).hasMessageContaining("at least one member");
    }
}
