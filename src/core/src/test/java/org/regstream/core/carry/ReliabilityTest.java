package org.regstream.core.carry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Look;
import org.regstream.core.model.Prediction;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.core.quality.Morphology;
import org.regstream.core.similarity.Nlcc;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Warp;

/** A block of label 7 in slices 4 and 5 is pulled by one slice; members pull by 0 and by 2. */
class ReliabilityTest {
    private static final Grid GRID = TestGrids.isotropic(9, 10, 11);
    private static final Volume MOVING = RandomData.volume(GRID, 1);
    private static final Volume FIXED = RandomData.volume(GRID, 2);
    private final LabelMap given = block(4, 5, 7);
    private final Look look = new Look(List.of(member(0), member(2)));
    private final DisplacementField published = look.displacement();
    private final Carried carried = CarriedLabels.of(given, CarryingFields.of(published, look, 2), GRID);

    @Test
    void shouldMeasureTheCarriedStructureByDefinition() {
        // when
        ReliabilityFeatures f = features(look, carried, null).get(7);

        // then
        boolean[] inside = Morphology.mask(block(3, 4, 7), 7);
        boolean[] border = Morphology.border(inside, GRID);
        assertThat(carried.labels().labels()).isEqualTo(block(3, 4, 7).labels());
        assertThat(f.entropyInside()).isCloseTo(mean(carried.entropy(), inside), within(1e-9)).isPositive();
        assertThat(f.entropyBorder()).isCloseTo(mean(carried.entropy(), border), within(1e-9));
        assertThat(f.expectedErrorMm()).as("0.25 voxel of 1 mm, twice").isCloseTo(0.5, within(1e-6));
        assertThat(f.agreement()).as("slices 4 and 5, and 2 and 3").isZero();
        assertThat(f.volumeVariation()).isZero();
        assertThat(f.spreadMm()).isCloseTo(1, within(1e-6));
        assertThat(f.logVolumeRatio()).isZero();
        Volume nlcc = Nlcc.map(FIXED, Warp.linear(MOVING, published, 0), 5, null);
        assertThat(f.similarity()).isCloseTo(mean(nlcc, Morphology.dilate(inside, GRID)), within(1e-9));
    }

    /** The network outlines slices 3 and 4 of the fixed and 4 to 6 of the moving image. */
    @Test
    void shouldCompareWithTheNetworksOutlines() {
        ReliabilityFeatures f = features(look, carried, null).get(7);

        assertThat(f.outlineDice()).hasValue(1);
        assertThat(f.movingOutlineDice()).as("two of three slices").hasValue(0.8);
        assertThat(f.outlinesAgree()).as("3 to 5, pulled, and 3 and 4").hasValue(0.8);
    }

    @Test
    void shouldHaveNoOutlineOfAStructureThatTheNetworkDoesNotKnow() {
        ReliabilityFeatures f = reliability(look, FIXED, published, null).of(carried, given, Map.of())
                .get(7);

        assertThat(f.outlineDice()).isEmpty();
        assertThat(f.movingOutlineDice()).isEmpty();
        assertThat(f.outlinesAgree()).hasValue(0.8);
    }

    @Test
    void shouldHaveNothingToCompareWhereTheNetworkOutlinesNothing() {
        Look bare = new Look(List.of(new Prediction(FakeModel.shifted(GRID, 1, 0, 0), constant(0.25f), nothing(),
                nothing())));

        assertThat(features(bare, CarriedLabels.of(given, CarryingFields.of(bare.displacement(), bare, 1), GRID), null,
                Map.of()).get(7).outlinesAgree()).isEmpty();
    }

    /** Whatever lies in the padding beyond column 5. */
    @Test
    void shouldCompareImagesInsideTheImageOnly() {
        // given
        boolean[] inside = new boolean[GRID.size()];
        float[] fixed = Warp.linear(MOVING, published, 0).values();
        for (int x = 0; x < inside.length; x++) {
            inside[x] = x % 11 <= 5;
            fixed[x] = inside[x] ? fixed[x] : 9;
        }

        // when, then
        assertThat(reliability(look, Volume.takeOwnershipOf(GRID, fixed), published, inside)
                .of(carried, given, Map.of()).get(7).similarity()).isCloseTo(1, within(1e-6));
    }

    @Test
    void shouldLeaveOutAStructureThatIsLost() {
        Look away = new Look(List.of(new Prediction(FakeModel.shifted(GRID, 9, 0, 0), constant(0.25f),
                outline(3, 4), outline(4, 6))));
        Carried lost = CarriedLabels.of(given, CarryingFields.of(away.displacement(), away, 1), GRID);

        assertThat(features(away, lost, null)).isEmpty();
        assertThat(lost.members().get(7)).isEqualTo(new MemberFigures(0, 0));
    }

    /** Published is not the mean: what is said of the members lies around it. */
    @Test
    void shouldLayTheMembersAroundTheFieldThatIsPublished() {
        CarryingFields fields = CarryingFields.of(FakeModel.shifted(GRID, 0, 3, 0), look, 1);

        assertThat(fields.members().get(0).at(0, 1, 1, 1)).isEqualTo(-1);
        assertThat(fields.members().get(0).at(1, 1, 1, 1)).isEqualTo(3);
        assertThat(fields.members().get(1).at(0, 1, 1, 1)).isEqualTo(1);
        assertThat(CarryingFields.of(published, look, 1).members()).isEqualTo(look.displacements());
    }

    private Map<Integer, ReliabilityFeatures> features(Look by, Carried what, boolean[] inside) {
        return features(by, what, inside, Map.of(7, 1));
    }

    private Map<Integer, ReliabilityFeatures> features(Look by, Carried what, boolean[] inside,
            Map<Integer, Integer> channels) {
        return reliability(by, FIXED, by.displacement(), inside).of(what, given, channels);
    }

    private static Reliability reliability(Look look, Volume fixed, DisplacementField u, boolean[] inside) {
        return new Reliability(look, PulledPair.of(fixed, MOVING, inside, look, u), inside);
    }

    private static Prediction member(int shift) {
        return new Prediction(FakeModel.shifted(GRID, shift, 0, 0), constant(0.25f), outline(3, 4), outline(4, 6));
    }

    private static LabelProbabilities outline(int first, int last) {
        return LabelProbabilities.oneHot(block(first, last, 1), 2);
    }

    private static LabelProbabilities nothing() {
        float[] background = new float[GRID.size()];
        Arrays.fill(background, 1);
        return LabelProbabilities.takeOwnershipOf(GRID, 1, background);
    }

    /** Columns 3 to 6 and rows 3 to 6 of some slices. */
    private static LabelMap block(int first, int last, int label) {
        byte[] labels = new byte[GRID.size()];
        for (int k = first; k <= last; k++) {
            for (int j = 3; j <= 6; j++) {
                Arrays.fill(labels, GRID.offset(k, j, 3), GRID.offset(k, j, 7), (byte) label);
            }
        }
        return LabelMap.takeOwnershipOf(GRID, labels);
    }

    private static Volume constant(float value) {
        float[] values = new float[GRID.size()];
        Arrays.fill(values, value);
        return Volume.takeOwnershipOf(GRID, values);
    }

    private static double mean(Volume map, boolean[] where) {
        double sum = 0;
        int count = 0;
        for (int x = 0; x < where.length; x++) {
            sum += where[x] ? map.values()[x] : 0;
            count += where[x] ? 1 : 0;
        }
        return sum / count;
    }
}
