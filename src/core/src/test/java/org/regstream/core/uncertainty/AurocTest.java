package org.regstream.core.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AurocTest {

    @Test
    void shouldBeTheShareOfPairsInOrder() {
        // given: scores of few values, so that many tie
        Random random = new Random(5);
        double[] score = IntStream.range(0, 60).mapToDouble(i -> random.nextInt(8)).toArray();
        boolean[] bad = new boolean[60];
        IntStream.range(0, 60).forEach(i -> bad[i] = random.nextInt(12) < score[i]);

        // when, then
        assertThat(independent(score, bad).value()).isCloseTo(pairsInOrder(score, bad), within(1e-12));
    }

    @Test
    void shouldHaveDeLongsIntervalByHand() {
        // given: bad 3, 2, 2; good 1, 2, 0. Wins of the bad: 3, 2.5, 2.5 of 3; of the good: 3, 2, 3 of 3
        Auroc auroc = independent(new double[]{3, 2, 2, 1, 2, 0}, new boolean[]{true, true, true, false, false, false});

        // then: 8/9; variances of (1, 5/6, 5/6) and (1, 2/3, 1) are 1/108 and 1/27, each divided by 3
        double value = 8.0 / 9;
        double sd = Math.sqrt((1.0 / 108 + 1.0 / 27) / 3);
        double half = 1.959963984540054 * sd / (value * (1 - value));
        assertThat(auroc.value()).isCloseTo(value, within(1e-12));
        assertThat(auroc.low()).isCloseTo(1 / (1 + Math.exp(half - Math.log(8))), within(1e-12));
        assertThat(auroc.high()).isCloseTo(1 / (1 + Math.exp(-half - Math.log(8))), within(1e-12));
    }

    @Test
    void shouldNotGrowSureByCountingEachPatientTwice() {
        // given
        double[] score = {3, 2, 2, 1, 2, 0};
        boolean[] bad = {true, true, true, false, false, false};
        double[] twice = IntStream.range(0, 12).mapToDouble(i -> score[i / 2]).toArray();
        boolean[] badTwice = new boolean[12];
        IntStream.range(0, 12).forEach(i -> badTwice[i] = bad[i / 2]);

        // when
        Auroc once = independent(score, bad);
        Auroc doubled = Auroc.of(twice, badTwice, IntStream.range(0, 12).map(i -> i / 2).toArray());
        Auroc asIfIndependent = independent(twice, badTwice);

        // then
        assertThat(doubled.low()).isCloseTo(once.low(), within(1e-12));
        assertThat(asIfIndependent.low()).isGreaterThan(once.low() + 0.01);
    }

    @Test
    void shouldCountThatGoodAndBadCasesOfAPatientMoveTogether() {
        // given: patient 0 has bad 3 and good 2, patient 1 bad 1 and good 0
        Auroc auroc = Auroc.of(new double[]{3, 1, 2, 0}, new boolean[]{true, true, false, false},
                new int[]{0, 1, 0, 1});

        // then: V10 = 1, 1/2; V01 = 1/2, 1; value 3/4; S10 = S01 = 2 (1/16 + 1/16) / 2 = 1/8, S11 = 2 (-1/16 - 1/16) = -1/4;
        // variance 1/16 + 1/16 - 2/4/4 = 0: what one patient gains, the other loses, and two pairs are too few to tell
        assertThat(auroc.value()).isEqualTo(0.75);
        assertThat(auroc.low()).isEqualTo(Rate.of(2, 2).low());
    }

    @Test
    void shouldNotBeCertainWherePatientsAreFew() {
        // given: all in order
        Auroc auroc = independent(new double[]{3, 4, 1, 2, 0}, new boolean[]{true, true, false, false, false});

        // then: two disjoint pairs, both won
        assertThat(auroc.value()).isEqualTo(1);
        assertThat(auroc.low()).isEqualTo(Rate.of(2, 2).low());
        assertThat(auroc.high()).isEqualTo(1);
    }

    @Test
    void shouldKnowNothingOfAnEmptyClassOrOfOnePatient() {
        assertThat(independent(new double[]{1, 2}, new boolean[]{true, true}))
                .isEqualTo(new Auroc(Double.NaN, 0, 1, 2, 0));
        assertThat(independent(new double[]{1, 2}, new boolean[]{false, true})).isEqualTo(new Auroc(1, 0, 1, 1, 1));
    }

    @Test
    void shouldRefuseScoresThatAreNotNumbers() {
        assertThatThrownBy(() -> independent(new double[]{Double.NaN}, new boolean[]{true}))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> independent(new double[2], new boolean[3])).hasMessageContaining("got 2 and 3");
    }

    /** Each case of its own patient. */
    static Auroc independent(double[] score, boolean[] bad) {
        return Auroc.of(score, bad, IntStream.range(0, bad.length).toArray());
    }

    private static double pairsInOrder(double[] score, boolean[] bad) {
        double won = 0;
        int pairs = 0;
        for (int a = 0; a < score.length; a++) {
            for (int b = 0; b < score.length; b++) {
                if (bad[a] && !bad[b]) {
                    pairs++;
                    won += score[a] > score[b] ? 1 : score[a] < score[b] ? 0 : 0.5;
                }
            }
        }
        return won / pairs;
    }
}
