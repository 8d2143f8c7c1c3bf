package org.regstream.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NlccTest {

    private static final Offset<Float> CLOSE = within(1e-4f);
    private final LossHarness nlcc = new LossHarness("__torch__.nlcc(a, x, mask, 3)", Nlcc.script());

    @AfterEach
    void close() {
        nlcc.close();
    }

    /** The middle row of a 3 x 3 x W image. */
    private NDArray row(float... values) {
        int w = values.length;
        float[] image = new float[9 * w];
        System.arraycopy(values, 0, image, 4 * w, w);
        return nlcc.tensor(image, 1, 1, 3, 3, w);
    }

    @Test
    void shouldBeOneUnderGainAndOffset() {
        // each window of (3, 5, 7) is 2 times that of (0, 1, 2) plus 3
        assertThat(nlcc.value(row(3, 5, 7), row(0, 1, 2), row(1, 1, 1))).isCloseTo(1, CLOSE);
    }

    @Test
    void shouldMatchHandComputedWindows() {
        // a = 0 1 2, x = 1 0 1
        // {0,1}: cov = 0 - 1*1/2 = -1/2, var = 1/2, 1/2 -> 1
        // {0,1,2}: cov = 2 - 3*2/3 = 0 -> 0
        // {1,2}: cov = 2 - 3*1/2 = 1/2, var = 1/2, 1/2 -> 1
        assertThat(nlcc.value(row(1, 0, 1), row(0, 1, 2), row(1, 1, 1))).isCloseTo(2f / 3, CLOSE);
    }

    @Test
    void shouldCountConstantWindowsZero() {
        assertThat(nlcc.value(row(1, 1, 1), row(0, 1, 2), row(1, 1, 1))).isCloseTo(0, CLOSE);
    }

    @Test
    void shouldLeaveMaskedVoxelsOut() {
        // without the last voxel both windows are {0,1}, where x = 2 a
        assertThat(nlcc.value(row(0, 2, -7), row(0, 1, 9), row(1, 1, 0))).isCloseTo(1, CLOSE);
    }

    @Test
    void shouldHaveRightGradient() {
        NDArray x = nlcc.random(1, 1, 1, 3, 4, 3);
        NDArray a = nlcc.random(2, 1, 1, 3, 4, 3);
        float[] mask = new float[36];
        Arrays.fill(mask, 5, 36, 1);

        nlcc.requireRightGradient(x, a, nlcc.tensor(mask, 1, 1, 3, 4, 3));
    }
}
