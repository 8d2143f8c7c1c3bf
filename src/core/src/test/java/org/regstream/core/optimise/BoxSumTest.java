package org.regstream.core.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.Volume;

class BoxSumTest {
    private static final Grid GRID = TestGrids.oblique(3, 6, 8);

    @Test
    void shouldFollowTheDefinition() {
        for (int window : new int[]{3, 5, 9}) {
            // given
            Volume image = RandomData.volume(GRID, 1);
            float[] sums = image.values().clone();

            // when
            new BoxSum(GRID, window).inPlace(sums);

            // then
            for (int k = 0, x = 0; k < 3; k++) {
                for (int j = 0; j < 6; j++) {
                    for (int i = 0; i < 8; i++, x++) {
                        assertThat((double) sums[x]).isCloseTo(around(image, k, j, i, window / 2), within(1e-4));
                    }
                }
            }
        }
    }

    private static double around(Volume image, int k, int j, int i, int radius) {
        double sum = 0;
        for (int a = Math.max(0, k - radius); a <= Math.min(2, k + radius); a++) {
            for (int b = Math.max(0, j - radius); b <= Math.min(5, j + radius); b++) {
                for (int c = Math.max(0, i - radius); c <= Math.min(7, i + radius); c++) {
                    sum += image.at(a, b, c);
                }
            }
        }
        return sum;
    }
}
