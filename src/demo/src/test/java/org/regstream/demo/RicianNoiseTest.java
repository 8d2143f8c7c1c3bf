package org.regstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.Volume;

class RicianNoiseTest {

    private static final Grid GRID = TestGrids.isotropic(30, 30, 30);

    @Test
    void shouldKeepImageWithoutNoise() {
        Volume image = half(0, 100);

        assertThat(RicianNoise.add(image, 0, 1).values()).isEqualTo(image.values());
    }

    @Test
    void shouldHaveTheMomentsOfAMagnitudeImage() {
        // given sigma = 0.05 * 100 = 5
        float[] noisy = RicianNoise.add(half(0, 100), 0.05, 1).values();
        float[] background = Arrays.copyOf(noisy, noisy.length / 2);
        float[] signal = Arrays.copyOfRange(noisy, noisy.length / 2, noisy.length);

        // then without signal it is Rayleigh: mean sigma sqrt(pi / 2) = 6.267
        assertThat(mean(background)).isCloseTo(6.267, within(0.1));
        // and far above the noise nearly normal: mean s + sigma^2 / 2 s = 100.125
        assertThat(mean(signal)).isCloseTo(100.125, within(0.15));
        assertThat(deviation(signal)).isCloseTo(5, within(0.1));
    }

    @Test
    void shouldRepeatForTheSameSeed() {
        Volume image = half(10, 20);

        assertThat(RicianNoise.add(image, 0.1, 4).values()).isEqualTo(RicianNoise.add(image, 0.1, 4).values())
                .isNotEqualTo(RicianNoise.add(image, 0.1, 5).values());
    }

    @Test
    void shouldRefuseShareOutsideItsRange() {
        assertThatThrownBy(() -> RicianNoise.add(half(0, 1), 1.5, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 1.5");
    }

    private static Volume half(float first, float second) {
        float[] values = new float[GRID.size()];
        Arrays.fill(values, 0, values.length / 2, first);
        Arrays.fill(values, values.length / 2, values.length, second);
        return Volume.takeOwnershipOf(GRID, values);
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float v : values) {
            sum += v;
        }
        return sum / values.length;
    }

    private static double deviation(float[] values) {
        double mean = mean(values);
        double squares = 0;
        for (float v : values) {
            squares += (v - mean) * (v - mean);
        }
        return Math.sqrt(squares / values.length);
    }
}
