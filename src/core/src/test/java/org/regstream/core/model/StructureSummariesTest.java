package org.regstream.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

class StructureSummariesTest {
    private static final Grid GRID = TestGrids.isotropic(1, 1, 8);
    private static final double FLOAT = 1e-6;

    @Test
    void shouldSummariseByHandDerivedValues() {
        // given: label 1 by member a in voxels 2, 3, 4, by b in 3, 4, 5 with probability 0.8; b is 2 voxels further along i
        Prediction a = member(0, 2, 4, 1, 0.1f);
        Prediction b = member(2, 3, 5, 0.8f, 0.7f);

        // when
        EnsemblePrediction together = StructureSummaries.combine(List.of(a, b));
        StructureSummary s = together.structures().get(0);

        // then: the mean is 0.5 at 2 (background wins the tie), 0.9 at 3 and 4, 0.4 at 5: inside are 3 and 4
        assertThat(s.entropyInside()).isCloseTo(entropy(0.9), within(FLOAT));
        // dilated 2 to 5, eroded none
        assertThat(s.entropyBorder()).isCloseTo((entropy(0.5) + 2 * entropy(0.9) + entropy(0.4)) / 4, within(FLOAT));
        assertThat(s.agreement()).isCloseTo(2.0 * 2 / 6, within(1e-12));
        assertThat(s.volumeVariation()).isZero();
        assertThat(s.spreadInside()).isCloseTo(1, within(FLOAT));
        assertThat(s.predictiveInside()).isCloseTo(Math.sqrt((0.01 + 0.49) / 2), within(FLOAT));
        assertThat(s.informationInside()).isCloseTo(entropy(0.9) - entropy(0.8) / 2, within(FLOAT));
        assertThat(together.displacement().at(2, 0, 0, 0)).isEqualTo(1);
    }

    @Test
    void shouldMeasureHowVolumesDiffer() {
        // given: 3, 1 and 2 voxels: mean 2, variance 2 / 3; Dice of the pairs 2/4, 4/5 and 2/3
        StructureSummary s = StructureSummaries
                .combine(List.of(member(0, 2, 4, 1, 0), member(0, 3, 3, 1, 0), member(0, 3, 4, 1, 0))).structures()
                .get(0);

        assertThat(s.volumeVariation()).isCloseTo(Math.sqrt(2.0 / 3) / 2, within(1e-12));
        assertThat(s.agreement()).isCloseTo((0.5 + 0.8 + 2.0 / 3) / 3, within(1e-12));
    }

    @Test
    void shouldTakeASingleNetworkForAnEnsembleThatAgrees() {
        Prediction alone = new Prediction(DisplacementField.zero(GRID), Volume.takeOwnershipOf(GRID, new float[8]),
                labels(2, 4, 0.8f));

        StructureSummary s = StructureSummaries.combine(List.of(alone)).structures().get(0);

        assertThat(s.agreement()).isEqualTo(1);
        assertThat(new double[]{s.volumeVariation(), s.spreadInside(), s.predictiveInside(), s.informationInside()})
                .containsOnly(0);
        assertThat(s.entropyInside()).isCloseTo(entropy(0.8), within(FLOAT));
    }

    @Test
    void shouldNotCallItAgreementThatAllLostAStructure() {
        Prediction lost = member(0, 0, 7, 0, 0);

        StructureSummary s = StructureSummaries.combine(List.of(lost, lost)).structures().get(0);

        assertThat(s).isEqualTo(new StructureSummary(0, 0, 0, 0, 0, 0, 0));
    }

    /** @param p probability of label 1 from voxel {@code first} to {@code last}; 0 elsewhere */
    private static Prediction member(float shiftI, int first, int last, float p, float u) {
        float[] displacement = new float[24];
        Arrays.fill(displacement, 16, 24, shiftI);
        float[] predictive = new float[16];
        Arrays.fill(predictive, u);
        return new Prediction(DisplacementField.takeOwnershipOf(GRID, displacement),
                Volume.takeOwnershipOf(GRID, new float[8]), labels(first, last, p),
                Optional.of(PredictiveUncertainty.takeOwnershipOf(GRID, 2, predictive)));
    }

    private static LabelProbabilities labels(int first, int last, float p) {
        float[] values = new float[16];
        Arrays.fill(values, 0, 8, 1);
        for (int x = first; x <= last; x++) {
            values[x] = 1 - p;
            values[8 + x] = p;
        }
        return LabelProbabilities.takeOwnershipOf(GRID, 2, values);
    }

    private static double entropy(double p) {
        return -p * Math.log(p) - (1 - p) * Math.log(1 - p);
    }
}
