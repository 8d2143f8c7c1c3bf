package org.regstream.core.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.ShapeMismatchException;
import org.regstream.core.volume.Volume;

class SparsificationTest {
    private static final double EXACT = 1e-12;

    /** 100 voxels: bins remove two at a time. */
    private static final Grid GRID = TestGrids.isotropic(4, 5, 5);

    @Test
    void shouldBeIdealWhereUncertaintyIsTheError() {
        for (LabelError error : LabelError.values()) {
            // given
            LabelMap truth = RandomData.labels(GRID, 3, 1);
            LabelMap predicted = RandomData.labels(GRID, 3, 2);
            float[] wrong = new float[100];
            for (int x = 0; x < 100; x++) {
                wrong[x] = truth.labels()[x] == predicted.labels()[x] ? 0 : 1;
            }

            // when
            Sparsification s = Sparsification.of(error, volume(wrong), predicted, truth, null);

            // then
            assertThat(s.curve()).isEqualTo(s.oracle());
            assertThat(s.ause()).isZero();
        }
    }

    @Test
    void shouldFollowHandDerivedCurves() {
        // given: one class, true everywhere; the last ten of 100 voxels are missed and thought most certain
        LabelMap truth = labels(0, 100);
        LabelMap predicted = labels(0, 90);
        float[] uncertainty = new float[100];
        for (int x = 0; x < 100; x++) {
            uncertainty[x] = 100 - x;
        }

        // when
        Sparsification s = Sparsification.of(LabelError.MISS_RATE, volume(uncertainty), predicted, truth, null);

        // then: without 2 b voxels, 10 / (100 - 2 b) are missed, until only missed ones are left; the oracle takes them first
        double area = 0;
        for (int b = 0; b < 50; b++) {
            double left = Math.min(1, 10.0 / (100 - 2 * b));
            double ideal = Math.max(0, 10.0 - 2 * b) / (100 - 2 * b);
            assertThat(s.curve()[b]).isCloseTo(left, within(EXACT));
            assertThat(s.oracle()[b]).isCloseTo(ideal, within(EXACT));
            area += (left - ideal) / 50;
        }
        assertThat(s.ause()).isCloseTo(area, within(EXACT));
    }

    @Test
    void shouldBeWorstInReversedOrder() {
        // given
        LabelMap truth = RandomData.labels(GRID, 3, 1);
        LabelMap predicted = RandomData.labels(GRID, 3, 2);
        float[] reversed = new float[100];
        for (int x = 0; x < 100; x++) {
            reversed[x] = truth.labels()[x] == predicted.labels()[x] ? 1 : 0;
        }
        double worst = Sparsification.of(LabelError.VOXEL_ERROR, volume(reversed), predicted, truth, null).ause();

        // when, then
        for (int seed = 0; seed < 20; seed++) {
            double ause = Sparsification
                    .of(LabelError.VOXEL_ERROR, RandomData.volume(GRID, seed), predicted, truth, null)
                    .ause();
            assertThat(ause).isBetween(0.0, worst);
        }
    }

    @Test
    void shouldCountPerClassAndAverage() {
        // given: truth 1 1 1 2 2 0 0 0 .., predicted 1 1 2 2 2 0 0 0 ..
        LabelMap truth = labels(new int[]{1, 1, 1, 2, 2});
        LabelMap predicted = labels(new int[]{1, 1, 2, 2, 2});
        Volume flat = volume(new float[100]);

        // when, then: class 1 misses 1 of 3, class 2 is falsely given 1 of 3; each is wrong at 1 voxel of 100
        assertThat(first(LabelError.MISS_RATE, flat, predicted, truth)).isCloseTo((1.0 / 3 + 0) / 2, within(EXACT));
        assertThat(first(LabelError.FALSE_DISCOVERY_RATE, flat, predicted, truth)).isCloseTo((0 + 1.0 / 3) / 2,
                within(EXACT));
        assertThat(first(LabelError.VOXEL_ERROR, flat, predicted, truth)).isCloseTo(0.01, within(EXACT));
    }

    @Test
    void shouldRemoveVoxelsAlikeInTheirOrder() {
        // given: the first voxel is wrong, all alike, so that it is in the first pair removed
        LabelMap truth = labels(0, 50);
        LabelMap predicted = labels(1, 50);

        // when
        Sparsification s = Sparsification.of(LabelError.VOXEL_ERROR, volume(new float[100]), predicted, truth, null);

        // then
        assertThat(s.curve()[0]).isCloseTo(0.01, within(EXACT));
        assertThat(s.curve()[1]).isZero();
    }

    @Test
    void shouldRemoveWhatIsNoNumberFirst() {
        // given: the wrong voxel is the last one
        float[] uncertainty = RandomData.volume(GRID, 1).values().clone();
        uncertainty[0] = Float.POSITIVE_INFINITY;
        uncertainty[99] = Float.NaN;
        LabelMap predicted = labels(0, 99);

        // when, then
        assertThat(Sparsification.of(LabelError.VOXEL_ERROR, volume(uncertainty), predicted, labels(0, 100), null)
                .curve()[1]).isZero();
    }

    @Test
    void shouldLookAtTheMaskOnly() {
        // given: all that is wrong lies outside
        boolean[] mask = new boolean[100];
        Arrays.fill(mask, 0, 60, true);

        // when
        Sparsification s = Sparsification.of(LabelError.MISS_RATE, RandomData.volume(GRID, 1), labels(0, 60),
                labels(0, 100), mask);

        // then
        assertThat(s.curve()).containsOnly(0);
        assertThat(s.ause()).isZero();
    }

    @Test
    void shouldRefuseWhatItCannotRank() {
        LabelMap labels = labels(0, 50);
        Volume negative = volume(new float[100]);
        negative.values()[3] = -1;
        Volume elsewhere = RandomData.volume(TestGrids.oblique(4, 5, 5), 1);
        assertThatThrownBy(() -> Sparsification.of(LabelError.MISS_RATE, negative, labels, labels, null))
                .hasMessageContaining("0 or more, got -1");
        assertThatThrownBy(() -> Sparsification.of(LabelError.MISS_RATE, elsewhere, labels, labels, null))
                .isInstanceOf(ShapeMismatchException.class);
        assertThatThrownBy(
                () -> Sparsification.of(LabelError.MISS_RATE, RandomData.volume(GRID, 1), labels, labels,
                        new boolean[100]))
                .hasMessageContaining("at least one");
    }

    private static double first(LabelError error, Volume uncertainty, LabelMap predicted, LabelMap truth) {
        return Sparsification.of(error, uncertainty, predicted, truth, null).curve()[0];
    }

    private static Volume volume(float[] values) {
        return Volume.takeOwnershipOf(GRID, values);
    }

    /** Label 1 at offsets [from, to). */
    private static LabelMap labels(int from, int to) {
        byte[] labels = new byte[100];
        Arrays.fill(labels, from, to, (byte) 1);
        return LabelMap.takeOwnershipOf(GRID, labels);
    }

    private static LabelMap labels(int[] first) {
        byte[] labels = new byte[100];
        for (int x = 0; x < first.length; x++) {
            labels[x] = (byte) first[x];
        }
        return LabelMap.takeOwnershipOf(GRID, labels);
    }
}
