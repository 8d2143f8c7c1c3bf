package org.regstream.training.calibrate.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConformalTest {

    @Test
    void shouldTakeTheRankThatANewCaseMayReach() {
        // given: residuals -1 to -19 and 1 to 20; of 39 cases and a new one, 0.95 are 38
        double[] residuals = IntStream.concat(IntStream.rangeClosed(-19, -1), IntStream.rangeClosed(1, 20))
                .mapToDouble(n -> n).toArray();

        // when
        Conformal c = Conformal.of(residuals, ones(39));

        // then: one value lies farther out on either side
        assertThat(c.lower()).isEqualTo(18);
        assertThat(c.upper()).isEqualTo(19);
    }

    @Test
    void shouldNeverLeaveThePredictionOutside() {
        Conformal c = Conformal.of(new double[]{0.5, 0.6, 0.7}, ones(3));

        assertThat(c.lower()).isZero();
        assertThat(c.upper()).isEqualTo(0.7);
    }

    @Test
    void shouldCoverNineOfTenNewCasesOfASkewedDistribution() {
        // given
        Random random = new Random(7);
        int covered = 0;
        int trials = 4000;
        for (int t = 0; t < trials; t++) {
            // when: 60 old cases
            Conformal c = Conformal.of(IntStream.range(0, 60).mapToDouble(n -> skewed(random)).toArray(), ones(60));

            // then: does a new one lie inside?
            double fresh = skewed(random);
            covered += fresh >= -c.lower() && fresh <= c.upper() ? 1 : 0;
        }
        assertThat((double) covered / trials).isBetween(0.88, 0.94);
    }

    @Test
    void shouldCountCasesByTheirWeight() {
        // given: the largest residual counts next to nothing
        double[] residuals = new double[100];
        Arrays.setAll(residuals, n -> n < 99 ? n / 100.0 : 50);
        double[] counts = ones(100);
        counts[99] = 1e-3;

        assertThat(Conformal.of(residuals, counts).upper()).isCloseTo(0.95, within(0.02));
    }

    @Test
    void shouldKeepTheLogitFinite() {
        assertThat(Conformal.logit(0.5)).isZero();
        assertThat(Conformal.logit(1)).isCloseTo(Math.log(999), within(1e-9));
        assertThat(Conformal.logit(0)).isCloseTo(-Math.log(999), within(1e-9));
    }

    private static double skewed(Random random) {
        return 1 - Math.exp(random.nextGaussian());
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }
}
