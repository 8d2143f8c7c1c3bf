package org.regstream.core.optimise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.testkit.TestGrids;

class CoverageTest {
    private static final Grid GRID = TestGrids.oblique(4, 5, 6);

    @Test
    void shouldBeThePulledMaskAboveAHalf() {
        // given
        Random random = new Random(3);
        boolean[] inside = new boolean[GRID.size()];
        float[] mask = new float[GRID.size()];
        for (int x = 0; x < inside.length; x++) {
            inside[x] = x % GRID.width() < 2 || random.nextBoolean();
            mask[x] = inside[x] ? 1 : 0;
        }
        Coverage coverage = new Coverage(GRID, inside);
        Pull pull = new Pull(GRID, 1, mask);
        float[] out = new float[4];

        // when, then: also beyond the array, where its border goes on
        for (int n = 0; n < 2000; n++) {
            float k = random.nextFloat() * 6 - 1;
            float j = random.nextFloat() * 7 - 1;
            float i = random.nextFloat() * 8 - 1;
            pull.at(k, j, i, out);
            if (Math.abs(out[0] - 0.5f) > 1e-5f) {
                assertThat(coverage.at(k, j, i)).isEqualTo(out[0] > 0.5f);
            }
        }
    }
}
