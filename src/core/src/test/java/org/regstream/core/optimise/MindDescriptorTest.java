package org.regstream.core.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.Volume;

class MindDescriptorTest {
    private static final Grid GRID = TestGrids.oblique(10, 11, 13);

    @Test
    void shouldFollowTheDefinition() {
        // given: far enough from the border
        Volume image = RandomData.volume(GRID, 1);
        int k = 4;
        int j = 5;
        int i = 6;

        // when
        float[] d = MindDescriptor.of(image, everywhere(), 5);

        // then: the pair (k - 2, j - 2) is the first channel, (k + 2, j - 2) the second, (j + 2, i + 2) the last
        double[] distance = new double[12];
        distance[0] = patches(image, k - 2, j, i, k, j - 2, i);
        distance[1] = patches(image, k + 2, j, i, k, j - 2, i);
        distance[2] = patches(image, k - 2, j, i, k, j + 2, i);
        distance[3] = patches(image, k + 2, j, i, k, j + 2, i);
        distance[4] = patches(image, k - 2, j, i, k, j, i - 2);
        distance[5] = patches(image, k + 2, j, i, k, j, i - 2);
        distance[6] = patches(image, k - 2, j, i, k, j, i + 2);
        distance[7] = patches(image, k + 2, j, i, k, j, i + 2);
        distance[8] = patches(image, k, j - 2, i, k, j, i - 2);
        distance[9] = patches(image, k, j + 2, i, k, j, i - 2);
        distance[10] = patches(image, k, j - 2, i, k, j, i + 2);
        distance[11] = patches(image, k, j + 2, i, k, j, i + 2);
        double min = Double.POSITIVE_INFINITY;
        double mean = 0;
        for (double one : distance) {
            min = Math.min(min, one);
            mean += one / 12;
        }
        for (int c = 0; c < 12; c++) {
            assertThat((double) d[12 * GRID.offset(k, j, i) + c]).as("channel %d", c)
                    .isCloseTo(Math.exp(-(distance[c] - min) / (mean - min)), within(1e-4));
        }
    }

    @Test
    void shouldNotSeeContrast() {
        // given: inverted, stretched
        Volume image = RandomData.volume(GRID, 1);
        float[] inverted = image.values().clone();
        for (int x = 0; x < inverted.length; x++) {
            inverted[x] = 5 - 3 * inverted[x];
        }

        // when
        float[] d = MindDescriptor.of(image, everywhere(), 5);
        float[] e = MindDescriptor.of(Volume.takeOwnershipOf(GRID, inverted), everywhere(), 5);

        // then
        for (int y = 0; y < d.length; y++) {
            assertThat(e[y]).isCloseTo(d[y], within(1e-4f));
        }
    }

    @Test
    void shouldBeOneEverywhereInAFlatImage() {
        assertThat(MindDescriptor.of(Volume.takeOwnershipOf(GRID, new float[GRID.size()]), everywhere(), 5))
                .containsOnly(1);
    }

    @Test
    void shouldLeavePaddingOut() {
        // given: the first two rows are padding
        boolean[] inside = everywhere();
        float[] bright = RandomData.volume(GRID, 1).values().clone();
        for (int x = 0; x < inside.length; x++) {
            inside[x] = x / GRID.width() % GRID.height() > 1;
            bright[x] = inside[x] ? bright[x] : 99;
        }

        // when, then
        assertThat(MindDescriptor.of(Volume.takeOwnershipOf(GRID, bright), inside, 5))
                .isEqualTo(MindDescriptor.of(RandomData.volume(GRID, 1), inside, 5));
    }

    private static boolean[] everywhere() {
        boolean[] mask = new boolean[GRID.size()];
        Arrays.fill(mask, true);
        return mask;
    }

    /** Mean squared difference of the 5³ patches around two voxels. */
    private static double patches(Volume image, int k, int j, int i, int k2, int j2, int i2) {
        double sum = 0;
        for (int dk = -2; dk <= 2; dk++) {
            for (int dj = -2; dj <= 2; dj++) {
                for (int di = -2; di <= 2; di++) {
                    double difference = image.at(k + dk, j + dj, i + di) - image.at(k2 + dk, j2 + dj, i2 + di);
                    sum += difference * difference;
                }
            }
        }
        return sum / 125;
    }
}
