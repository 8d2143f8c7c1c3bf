package org.regstream.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.similarity.Nlcc;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

class ReliabilityFeaturesTest {
    private static final Grid GRID = TestGrids.isotropic(3, 4, 8);
    private static final StructureSummary SUMMARY = new StructureSummary(1, 2, 3, 4, 5, 6, 7);

    @Test
    void shouldLookAtTheWarpedStructureAndOneVoxelAround() {
        // given: label 1 of 4 voxels became 1 at (1, 1, 2)
        Volume fixed = RandomData.volume(GRID, 1);
        Volume warped = RandomData.volume(GRID, 2);
        LabelMap before = labels(0, 1, 2, 3);
        LabelMap after = labels(GRID.offset(1, 1, 2));

        // when
        ReliabilityFeatures features = ReliabilityFeatures
                .of(List.of(SUMMARY), fixed, warped, before, after, null).get(0);

        // then
        float[] local = Nlcc.map(fixed, warped, 5, null).values();
        double sum = 0;
        for (int k = 0; k <= 2; k++) {
            for (int j = 0; j <= 2; j++) {
                for (int i = 1; i <= 3; i++) {
                    sum += local[GRID.offset(k, j, i)];
                }
            }
        }
        assertThat(features.similarity()).isCloseTo(sum / 27, within(1e-9));
        assertThat(features.logVolumeRatio()).isCloseTo(Math.log(4), within(1e-12));
        assertThat(features.summary()).isSameAs(SUMMARY);
    }

    @Test
    void shouldBeOfFullSimilarityWhereTheImagesAreEqualInsideTheImage() {
        // given: padding beyond i = 3
        Volume fixed = RandomData.volume(GRID, 1);
        boolean[] inside = new boolean[GRID.size()];
        float[] values = new float[GRID.size()];
        for (int x = 0; x < inside.length; x++) {
            inside[x] = x % 8 <= 3;
            values[x] = inside[x] ? fixed.values()[x] : 9;
        }
        LabelMap labels = labels(GRID.offset(1, 1, 3));

        // when, then
        assertThat(ReliabilityFeatures.of(List.of(SUMMARY), fixed, Volume.takeOwnershipOf(GRID, values), labels, labels,
                inside).get(0).similarity()).isCloseTo(1, within(1e-6));
    }

    @Test
    void shouldHaveNoneOfAStructureThatIsMissing() {
        Volume image = RandomData.volume(GRID, 1);

        assertThat(ReliabilityFeatures.of(List.of(SUMMARY), image, image, labels(0), labels(), null))
                .containsExactly((ReliabilityFeatures) null);
        assertThat(ReliabilityFeatures.of(List.of(SUMMARY), image, image, labels(), labels(0), null))
                .containsExactly((ReliabilityFeatures) null);
        assertThatThrownBy(() -> new ReliabilityFeatures(SUMMARY, Double.POSITIVE_INFINITY, 0.5))
                .hasMessageContaining("logVolumeRatio must be finite");
    }

    @Test
    void shouldPredictByTheLogisticFunction() {
        // given: -1 + 0.5 * agreement 3 - 2 * similarity 0.25 = 0
        DicePredictor predictor = new DicePredictor(-1, Map.of("agreement", 0.5, "similarity", -2.0));

        // when, then
        assertThat(predictor.predict(new ReliabilityFeatures(SUMMARY, 100, 0.25))).isCloseTo(0.5, within(1e-12));
        assertThat(new DicePredictor(Math.log(4), Map.of()).predict(new ReliabilityFeatures(SUMMARY, 0, 0)))
                .isCloseTo(0.8, within(1e-12));
    }

    @Test
    void shouldRefuseAWeightOfNoFeature() {
        assertThatThrownBy(() -> new DicePredictor(0, Map.of("age", 1.0)))
                .hasMessageContaining("no feature is called age").hasMessageContaining("logVolumeRatio");
        assertThatThrownBy(() -> new DicePredictor(Double.NaN, Map.of())).hasMessageContaining("intercept");
    }

    @Test
    void shouldRefuseLimitsWithoutPredictor() {
        assertThatThrownBy(() -> new AlertThresholds("1", 0.1, Map.of(), Map.of(), Map.of("head", 0.7), "none"))
                .hasMessageContaining("must name the same structures");
        assertThatThrownBy(() -> new AlertThresholds("1", 0.1, Map.of(),
                Map.of("head", new DicePredictor(0, Map.of())), Map.of("head", 7.0), "none"))
                .hasMessageContaining("minPredictedDice of head must lie in [0, 1], got 7.0");
    }

    private static LabelMap labels(int... offsets) {
        byte[] labels = new byte[GRID.size()];
        for (int x : offsets) {
            labels[x] = 1;
        }
        return LabelMap.takeOwnershipOf(GRID, labels);
    }
}
