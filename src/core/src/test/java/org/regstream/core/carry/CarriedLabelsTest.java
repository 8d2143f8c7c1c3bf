package org.regstream.core.carry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.geometry.VoxelBox;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.uncertainty.LabelEntropy;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.GaussianSmoothing;
import org.regstream.core.warp.Interpolation;
import org.regstream.core.warp.Warp;

class CarriedLabelsTest {
    private static final Grid GRID = TestGrids.isotropic(20, 22, 24);

    @Test
    void shouldLeaveLabelsAsTheyAreAlongAZeroField() {
        LabelMap given = RandomData.labels(GRID, 256, 1);

        Carried carried = CarriedLabels.of(given, along(0, DisplacementField.zero(GRID)), GRID);

        assertThat(carried.labels().labels()).isEqualTo(given.labels());
        assertThat(carried.entropy().values()).containsOnly(0);
    }

    @Test
    void shouldPullByAWholeVoxelShiftAndTakeBackgroundFromOutside() {
        LabelMap given = RandomData.labels(GRID, 5, 2);

        LabelMap carried = CarriedLabels.of(given, along(0, FakeModel.shifted(GRID, 1, -2, 3)), GRID).labels();

        for (int k = 0; k < 20; k++) {
            for (int j = 0; j < 22; j++) {
                for (int i = 0; i < 24; i++) {
                    boolean isInside = k + 1 < 20 && j - 2 >= 0 && i + 3 < 24;
                    assertThat(carried.at(k, j, i)).isEqualTo(isInside ? given.at(k + 1, j - 2, i + 3) : 0);
                }
            }
        }
    }

    @Test
    void shouldNeverDrawWhatWasNotGiven() {
        // given
        byte[] labels = new byte[GRID.size()];
        Random random = new Random(3);
        for (int x = 0; x < labels.length; x++) {
            labels[x] = (byte) new int[]{0, 7, 200, 255}[random.nextInt(4)];
        }

        // when
        Carried carried = CarriedLabels.of(LabelMap.takeOwnershipOf(GRID, labels), new CarryingFields(
                RandomData.smoothField(GRID, 3, 4), List.of(RandomData.roughField(GRID, 5, 5)), constant(1.5f), 1),
                TestGrids.isotropic(17, 30, 19));

        // then
        int[] counts = carried.labels().counts();
        assertThat(counts[0] + counts[7] + counts[200] + counts[255]).isEqualTo(carried.labels().grid().size());
        assertThat(carried.members()).containsOnlyKeys(7, 200, 255);
    }

    /** Balls of 4 mm, anywhere between the voxels, along smooth fields. */
    @Test
    void shouldKeepTheVolumeOfASmallTarget() {
        double sum = 0;
        Random random = new Random(6);
        for (int n = 0; n < 40; n++) {
            // given
            LabelMap target = ball(GRID, 9 + random.nextDouble(), 10 + random.nextDouble(), 11 + random.nextDouble(),
                    2);
            float[] u = new float[3 * GRID.size()];
            for (int c = 0; c < 3; c++) {
                Arrays.fill(u, c * GRID.size(), (c + 1) * GRID.size(), (float) (4 * random.nextDouble() - 2));
            }

            // when
            int carried = CarriedLabels.of(target, along(2, DisplacementField.takeOwnershipOf(GRID, u)), GRID).labels()
                    .count(1);

            // then: by a constant shift, whatever its fraction, exactly
            assertThat(carried).isEqualTo(target.count(1));
            sum += (double) CarriedLabels.of(target, along(2, RandomData.smoothField(GRID, 1.5, n)), GRID).labels()
                    .count(1) / target.count(1);
        }
        assertThat(sum / 40).as("seed 6").isBetween(0.85, 1.15);
    }

    /** One voxel of 0.4 mm around (5.3, 5.3, 5.3), between the centres of 1 mm voxels. */
    @Test
    void shouldKeepOneVoxelOfAStructureBetweenAllCentres() {
        Grid fine = new Grid(4, 4, 4, Affine.axisAligned(new Vector3(4.9, 4.9, 4.9), 0.4, 0.4, 0.4));
        byte[] labels = new byte[fine.size()];
        labels[fine.offset(1, 1, 1)] = 9;

        LabelMap carried = CarriedLabels
                .of(LabelMap.takeOwnershipOf(fine, labels), along(0, DisplacementField.zero(GRID)), GRID).labels();

        assertThat(carried.count(9)).as("it is no centre's nearest")
                .isEqualTo(1);
        assertThat(carried.at(5, 5, 5)).isEqualTo(9);
    }

    /** One is a dot that lies between all centres: it is kept by both. */
    @Test
    void shouldHaveTheSameHardLabelsAlone() {
        Grid fine = new Grid(31, 33, 29, Affine.axisAligned(new Vector3(3.1, 4.2, 2.7), 0.4, 0.4, 0.4));
        byte[] labels = ball(fine, 20, 20, 20, 8).labels().clone();
        labels[fine.offset(6, 7, 8)] = 77;
        LabelMap given = LabelMap.takeOwnershipOf(fine, labels);
        int kept = 0;
        for (int seed = 0; seed < 8; seed++) {
            CarryingFields fields = along(1, RandomData.smoothField(GRID, 3, seed));
            Grid target = seed % 2 == 0 ? GRID : TestGrids.isotropic(17, 30, 19);

            LabelMap hard = CarriedLabels.hard(given, fields, target);

            assertThat(hard.labels()).isEqualTo(CarriedLabels.of(given, fields, target).labels().labels());
            kept += hard.count(77) - Warp.nearest(given, fields.published(), target).count(77);
        }
        assertThat(kept).as("dots that no centre comes from").isPositive();
    }

    /** What is outside a map is background: so is a margin of it. */
    @Test
    void shouldCarryAMapThatIsCutToItsLabelsAlike() {
        LabelMap given = ball(GRID, 3, 12, 20, 4.5);
        byte[] labels = given.labels();
        LabelMap cut = given.cutTo(VoxelBox.around(GRID, x -> labels[x] != 0).orElseThrow().grownBy(GRID, 1, 1, 1));
        for (int seed = 0; seed < 4; seed++) {
            CarryingFields fields = along(1.3f, RandomData.smoothField(GRID, 4, seed));

            Carried whole = CarriedLabels.of(given, fields, GRID);
            Carried part = CarriedLabels.of(cut, fields, GRID);

            assertThat(cut.grid().size()).isLessThan(GRID.size() / 4);
            assertThat(part.labels().labels()).isEqualTo(whole.labels().labels());
            assertThat(part.entropy().values()).isEqualTo(whole.entropy().values());
            assertThat(part.members()).isEqualTo(whole.members());
        }
    }

    /** The map is three times as fine as window and target: read where it is, not resampled first. */
    @Test
    void shouldSampleTheGivenMapOnceInItsOwnGrid() {
        Grid fine = new Grid(60, 66, 72, Affine.axisAligned(new Vector3(0, 0, 0), 1 / 3.0, 1 / 3.0, 1 / 3.0));
        LabelMap given = RandomData.labels(fine, 4, 7);

        LabelMap carried = CarriedLabels.of(given, along(0, third(GRID)), GRID).labels();

        assertThat(carried.at(4, 5, 6)).isEqualTo(given.at(13, 15, 18));
        assertThat(carried.at(0, 21, 23)).isEqualTo(given.at(1, 63, 69));
    }

    @Test
    void shouldReachAnObliqueTargetThroughPatientSpace() {
        // given
        Grid live = TestGrids.oblique(9, 30, 30);
        Grid window = new Grid(40, 40, 40, Affine.axisAligned(new Vector3(-10.13, -40.27, -25.41), 1, 1, 1));
        LabelMap given = ball(window, 20, 20, 20, 9);
        DisplacementField u = FakeModel.shifted(window, 2, 1, -3);

        // when
        Carried carried = CarriedLabels.of(given, along(0, window, u), live);

        // then
        assertThat(carried.labels().count(1)).isPositive();
        for (int k = 0, x = 0; k < 9; k++) {
            for (int j = 0; j < 30; j++) {
                for (int i = 0; i < 30; i++, x++) {
                    double[] at = window.affine().toIndex(live.affine().toLps(k, j, i));
                    boolean inside = Arrays.stream(at).allMatch(a -> a >= Interpolation.FIRST
                            && a <= Interpolation.last(40));
                    double distance = Math.sqrt(Math.pow(nearest(at[0] + 2) - 20, 2)
                            + Math.pow(nearest(at[1] + 1) - 20, 2) + Math.pow(nearest(at[2] - 3) - 20, 2));
                    assertThat(carried.labels().labels()[x]).isEqualTo((byte) (inside && distance <= 9 ? 1 : 0));
                    assertThat(Float.isNaN(carried.entropy().values()[x])).isEqualTo(!inside);
                }
            }
        }
    }

    /** The higher one half way, also where rounding left the index just below. */
    private static double nearest(double index) {
        return Math.floor(index + 0.5 + Interpolation.ROUNDING);
    }

    /** Half way between two voxels, two labels and background: half of each. */
    @Test
    void shouldPullSoftLabelsLinearlyAndAverageMembers() {
        // given: label 1 in slice 9, label 2 in slice 10; members pull by 0, 0.5 and 1 slices
        LabelMap given = slices(9, 10);
        float[] half = new float[3 * GRID.size()];
        Arrays.fill(half, 0, GRID.size(), 0.5f);
        CarryingFields fields = new CarryingFields(DisplacementField.takeOwnershipOf(GRID, half),
                List.of(DisplacementField.zero(GRID), DisplacementField.takeOwnershipOf(GRID, half),
                        FakeModel.shifted(GRID, 1, 0, 0)),
                constant(0), 1);

        // when
        LabelProbabilities p = CarriedLabels.probabilities(given, fields, GRID, 3);
        Carried carried = CarriedLabels.of(given, fields, GRID);

        // then: slice 9 is label 1, half each, label 2
        int x = GRID.offset(9, 5, 5);
        assertThat(p.values()[x]).isCloseTo(0, within(1e-6f));
        assertThat(p.values()[GRID.size() + x]).isCloseTo(0.5f, within(1e-6f));
        assertThat(p.values()[2 * GRID.size() + x]).isCloseTo(0.5f, within(1e-6f));
        assertThat(carried.entropy().values()[x]).isCloseTo((float) Math.log(2), within(1e-5f));
        // slice 8 is background, half label 1, label 1
        assertThat(p.values()[GRID.size() + GRID.offset(8, 5, 5)]).isCloseTo(0.5f, within(1e-6f));
        // half a voxel keeps the volume
        assertThat(carried.members().get(1).volumeVariation()).isZero();
    }

    /** s = b² / 2.546 of b = 2.2568 is 2: the third copy, whatever the unit b comes in. */
    @Test
    void shouldBlurByTheExpectedError() {
        // given
        LabelMap given = ball(GRID, 10, 10, 10, 4);
        CarryingFields fields = along(1.1284f, DisplacementField.zero(GRID));
        CarryingFields scaled = new CarryingFields(fields.published(), fields.members(), fields.expectedError(), 2);

        // when
        float[] p = CarriedLabels.probabilities(given, scaled, GRID, 2).values();

        // then
        float[] sharp = new float[GRID.size()];
        for (int x = 0; x < sharp.length; x++) {
            sharp[x] = given.labels()[x];
        }
        float[] expected = GaussianSmoothing.ofVoxels(Volume.takeOwnershipOf(GRID, sharp), Math.sqrt(2)).values();
        for (int x = 0; x < sharp.length; x++) {
            assertThat(p[GRID.size() + x]).isCloseTo(expected[x], within(3e-3f));
        }
        assertThat(CarriedLabels.of(given, scaled, GRID).expectedErrorMm().at(3, 3, 3)).isEqualTo(2.2568f);
        assertThat(CarriedLabels.of(given, scaled, GRID).labels().labels()).as("hard labels are not blurred")
                .isEqualTo(given.labels());
    }

    @Test
    void shouldInterpolateBetweenTheCopiesAndSumToOne() {
        // given: s = 1.25, half way between 0.5 and 2
        LabelMap given = RandomData.labels(GRID, 3, 8);
        float b = (float) Math.sqrt(1.25 * 8 / Math.PI);

        // when
        LabelProbabilities p = CarriedLabels.probabilities(given, along(b, DisplacementField.zero(GRID)), GRID, 3);

        // then
        float[] one = new float[GRID.size()];
        for (int x = 0; x < one.length; x++) {
            one[x] = given.labels()[x] == 1 ? 1 : 0;
        }
        Volume sharp = Volume.takeOwnershipOf(GRID, one);
        int x = GRID.offset(10, 11, 12);
        float half = (GaussianSmoothing.ofVoxels(sharp, Math.sqrt(0.5)).values()[x]
                + GaussianSmoothing.ofVoxels(sharp, Math.sqrt(2)).values()[x]) / 2;
        assertThat(p.values()[GRID.size() + x]).isCloseTo(half, within(1e-5f));
        for (int y = 0; y < GRID.size(); y++) {
            assertThat(p.values()[y] + p.values()[GRID.size() + y] + p.values()[2 * GRID.size() + y])
                    .isCloseTo(1, within(1e-5f));
        }
    }

    /** What is kept label by label is what all of the probabilities say. */
    @Test
    void shouldKeepWhatTheProbabilitiesSay() {
        // given
        LabelMap given = RandomData.labels(GRID, 4, 9);
        CarryingFields fields = new CarryingFields(RandomData.smoothField(GRID, 1, 1),
                List.of(RandomData.smoothField(GRID, 1, 1), RandomData.smoothField(GRID, 1, 2)), constant(0.9f), 1);

        // when
        Carried carried = CarriedLabels.of(given, fields, GRID);
        LabelProbabilities p = CarriedLabels.probabilities(given, fields, GRID, 4);

        // then
        float[] entropy = LabelEntropy.of(p).values();
        for (int x = 0; x < entropy.length; x++) {
            assertThat(carried.entropy().values()[x]).isCloseTo(entropy[x], within(1e-4f));
        }
        assertThat(carried.labels().labels()).isEqualTo(Warp.nearest(given, fields.published()).labels());
    }

    /** Slices 9 to 12: 4 of member a, 2 of member b (cut at the border), 2 shared. */
    @Test
    void shouldTellHowFarMembersAgree() {
        // given
        byte[] labels = new byte[GRID.size()];
        Arrays.fill(labels, GRID.offset(9, 0, 0), GRID.offset(13, 0, 0), (byte) 3);
        DisplacementField a = DisplacementField.zero(GRID);
        DisplacementField b = FakeModel.shifted(GRID, 11, 0, 0);
        CarryingFields fields = new CarryingFields(a, List.of(a, b), constant(0), 1);

        // when
        MemberFigures m = CarriedLabels.of(LabelMap.takeOwnershipOf(GRID, labels), fields, GRID).members().get(3);

        // then: b has slices 0 and 1 (from 11 and 12), none of a's 9 to 12
        assertThat(m.agreement()).isZero();
        assertThat(m.volumeVariation()).isCloseTo(1.0 / 3, within(1e-12));
        MemberFigures same = CarriedLabels.of(LabelMap.takeOwnershipOf(GRID, labels),
                new CarryingFields(a, List.of(a, FakeModel.shifted(GRID, 1, 0, 0)), constant(0), 1), GRID).members()
                .get(3);
        assertThat(same.agreement()).as("3 of 4 slices shared").isCloseTo(0.75, within(1e-12));
    }

    @Test
    void shouldRefuseWhatCannotBeCarried() {
        LabelMap empty = LabelMap.takeOwnershipOf(GRID, new byte[GRID.size()]);
        CarryingFields fields = along(0, DisplacementField.zero(GRID));

        assertThatThrownBy(() -> CarriedLabels.of(empty, fields, GRID)).hasMessageContaining("nothing to carry");
        assertThatThrownBy(() -> CarriedLabels.probabilities(RandomData.labels(GRID, 5, 1), fields, GRID, 3))
                .hasMessageContaining("label 4 has no channel");
        assertThatThrownBy(() -> new CarryingFields(fields.published(), List.of(), constant(0), 1))
                .hasMessageContaining("at least one member");
    }

    private static DisplacementField third(Grid grid) {
        float[] u = new float[3 * grid.size()];
        Arrays.fill(u, 0, grid.size(), 1 / 3f);
        return DisplacementField.takeOwnershipOf(grid, u);
    }

    private static CarryingFields along(float b, DisplacementField u) {
        return along(b, GRID, u);
    }

    private static CarryingFields along(float b, Grid grid, DisplacementField u) {
        float[] errors = new float[grid.size()];
        Arrays.fill(errors, b);
        return new CarryingFields(u, List.of(u), Volume.takeOwnershipOf(grid, errors), 1);
    }

    private static Volume constant(float value) {
        float[] values = new float[GRID.size()];
        Arrays.fill(values, value);
        return Volume.takeOwnershipOf(GRID, values);
    }

    private static LabelMap slices(int one, int two) {
        byte[] labels = new byte[GRID.size()];
        Arrays.fill(labels, GRID.offset(one, 0, 0), GRID.offset(one + 1, 0, 0), (byte) 1);
        Arrays.fill(labels, GRID.offset(two, 0, 0), GRID.offset(two + 1, 0, 0), (byte) 2);
        return LabelMap.takeOwnershipOf(GRID, labels);
    }

    private static LabelMap ball(Grid g, double k0, double j0, double i0, double radius) {
        byte[] labels = new byte[g.size()];
        for (int k = 0, x = 0; k < g.depth(); k++) {
            for (int j = 0; j < g.height(); j++) {
                for (int i = 0; i < g.width(); i++, x++) {
                    double r = Math.sqrt((k - k0) * (k - k0) + (j - j0) * (j - j0) + (i - i0) * (i - i0));
                    labels[x] = (byte) (r <= radius ? 1 : 0);
                }
            }
        }
        return LabelMap.takeOwnershipOf(g, labels);
    }
}
