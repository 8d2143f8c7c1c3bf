package org.regstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.geometry.Grid;
import org.regstream.core.quality.JacobianDeterminant;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.DisplacementField;

class BreathingMotionTest {

    private static final Grid GRID = TestGrids.isotropic(24, 32, 20);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldNotFoldAtAnyVolume(long seed) {
        BreathingMotion motion = new BreathingMotion(GRID, 4, seed);

        for (int volume = 1; volume <= 8; volume++) {
            for (float jacobian : JacobianDeterminant.of(motion.at(volume)).values()) {
                assertThat(jacobian).as("seed %d, volume %d", seed, volume).isPositive();
            }
        }
    }

    @Test
    void shouldMoveNoPointFurtherThanTheAmplitude() {
        Grid grid = TestGrids.anisotropic(12, 24, 30);
        BreathingMotion motion = new BreathingMotion(grid, 3, 7);

        double furthest = 0;
        for (int volume = 1; volume <= 29; volume++) {
            furthest = Math.max(furthest, furthestMm(motion.at(volume)));
        }

        assertThat(furthest).isLessThanOrEqualTo(3).isGreaterThan(1.5);
    }

    @Test
    void shouldRepeatForTheSameSeedAndDifferForAnother() {
        float[] once = new BreathingMotion(GRID, 4, 11).at(3).components();
        float[] again = new BreathingMotion(GRID, 4, 11).at(3).components();
        float[] other = new BreathingMotion(GRID, 4, 12).at(3).components();

        assertThat(again).isEqualTo(once);
        assertThat(other).isNotEqualTo(once);
    }

    @Test
    void shouldBreatheInAndOut() {
        BreathingMotion motion = new BreathingMotion(GRID, 4, 5);

        // a breath takes 8 volumes: 2 and 6 are its two extremes
        double apart = meanDistanceMm(motion.at(2), motion.at(6));
        double aBreathApart = meanDistanceMm(motion.at(2), motion.at(10));

        assertThat(apart).isGreaterThan(3 * aBreathApart);
    }

    @Test
    void shouldRestWithoutAmplitude() {
        assertThat(furthestMm(new BreathingMotion(GRID, 0, 1).at(2))).isZero();
    }

    @Test
    void shouldRefuseAmplitudeOutsideItsRange() {
        assertThatThrownBy(() -> new BreathingMotion(GRID, 21, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 to 20 mm, got 21");
        assertThatThrownBy(() -> new BreathingMotion(GRID, Double.NaN, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double furthestMm(DisplacementField u) {
        double furthest = 0;
        for (int x = 0; x < u.grid().size(); x++) {
            furthest = Math.max(furthest, lengthMm(u, x, null));
        }
        return furthest;
    }

    private static double meanDistanceMm(DisplacementField a, DisplacementField b) {
        double sum = 0;
        for (int x = 0; x < a.grid().size(); x++) {
            sum += lengthMm(a, x, b);
        }
        return sum / a.grid().size();
    }

    private static double lengthMm(DisplacementField u, int x, DisplacementField less) {
        double[] spacing = u.grid().affine().spacingMm();
        double squares = 0;
        for (int c = 0; c < 3; c++) {
            int at = c * u.grid().size() + x;
            double d = u.components()[at] - (less == null ? 0 : less.components()[at]);
            squares += d * spacing[c] * d * spacing[c];
        }
        return Math.sqrt(squares);
    }
}
