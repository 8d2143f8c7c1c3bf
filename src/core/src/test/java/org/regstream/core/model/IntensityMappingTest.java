package org.regstream.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntensityMappingTest {

    @Test
    void shouldMapMinimumToZeroAndPercentileToOne() {
        // given: 0 .. 100, so the 90th percentile is 90
        float[] values = new float[101];
        for (int x = 0; x < values.length; x++) {
            values[x] = 100 - x;
        }

        // when
        float[] mapped = new IntensityMapping(90).apply(values, allInside(101));

        // then
        assertThat(mapped[100]).isZero();
        assertThat(mapped[10]).isCloseTo(1f, within(1e-6f));
        assertThat(mapped[55]).isCloseTo(0.5f, within(1e-6f));
        assertThat(mapped[0]).isEqualTo(1f);
    }

    @Test
    void shouldInterpolateBetweenOrderStatisticsLikeASortedArray() {
        Random random = new Random(3);
        for (int n : new int[]{1, 2, 3, 10, 997}) {
            float[] values = new float[n];
            for (int x = 0; x < n; x++) {
                values[x] = random.nextInt(50);
            }
            float[] sorted = values.clone();
            Arrays.sort(sorted);
            double at = 0.999 * (n - 1);
            float above = sorted[Math.min(n - 1, (int) at + 1)];
            float high = (float) (sorted[(int) at] + (at - (int) at) * (above - sorted[(int) at]));

            float[] mapped = new IntensityMapping(99.9).apply(values, allInside(n));

            for (int x = 0; x < n; x++) {
                float expected = high > sorted[0] ? Math.min(1, (values[x] - sorted[0]) / (high - sorted[0])) : 0;
                assertThat(mapped[x]).isCloseTo(expected, within(1e-5f));
            }
        }
    }

    @Test
    void shouldLeaveOutPadding() {
        float[] mapped = new IntensityMapping(100).apply(new float[]{-1000, 2, 4, 6},
                new boolean[]{false, true, true, true});

        assertThat(mapped).containsExactly(0, 0, 0.5f, 1);
    }

    @Test
    void shouldMapAConstantImageToZero() {
        assertThat(new IntensityMapping(99.9).apply(new float[]{7, 7, 7}, allInside(3))).containsOnly(0);
    }

    @Test
    void shouldRefuseValuesThatAreNotFinite() {
        assertThatThrownBy(() -> new IntensityMapping(99.9).apply(new float[]{1, Float.NaN}, allInside(2)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("NaN at offset 1");
    }

    private static boolean[] allInside(int n) {
        boolean[] inside = new boolean[n];
        Arrays.fill(inside, true);
        return inside;
    }
}
