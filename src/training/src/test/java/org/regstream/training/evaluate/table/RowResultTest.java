package org.regstream.training.evaluate.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.regstream.core.uncertainty.Auroc;
import org.regstream.core.uncertainty.Rate;
import org.regstream.training.evaluate.row.Paper;
import org.regstream.training.evaluate.row.UncertaintyKind;

class RowResultTest {

    private final RowResult row = TableFixtures.row("ours", "Ours", Paper.P1, 1);

    @Test
    void shouldGiveMeanAndDeviationByHandAndLeaveOutWhatIsNoNumber() {
        // Foreground means 0.75 and 0.725: mean 0.7375, sd 0.0125 sqrt(2).
        Statistic dice = row.statistic(CaseResult::diceForeground);

        assertThat(dice.mean()).isCloseTo(0.7375, within(1e-12));
        assertThat(dice.sd()).isCloseTo(0.0125 * Math.sqrt(2), within(1e-12));
        assertThat(dice.cases()).isEqualTo(2);
        assertThat(Statistic.of(DoubleStream.of(4, Double.NaN))).isEqualTo(new Statistic(4, 0, 1));
        assertThat(Statistic.of(DoubleStream.empty()).mean()).isNaN();
    }

    @Test
    void shouldTellBadStructuresByUncertainty() {
        // Below 0.7: 0.6 and 0.65; entropy 0.4 and 0.35 there, 0.1 and 0.2 in the good ones. The warping error is upside down.
        Auroc entropy = row.auroc(UncertaintyKind.LABEL_ENTROPY);
        Rate found = row.sensitivity(UncertaintyKind.LABEL_ENTROPY);

        assertThat(entropy.value()).isEqualTo(1);
        assertThat(entropy.bad()).isEqualTo(2);
        assertThat(entropy.good()).isEqualTo(2);
        assertThat(found.value()).isEqualTo(1);
        assertThat(row.auroc(UncertaintyKind.WARPING_ERROR).value()).isZero();
        assertThat(row.sensitivity(UncertaintyKind.WARPING_ERROR).value()).isZero();
    }

    @Test
    void shouldJudgeAMethodWithoutOwnUncertaintyByTheWarpingErrorAsThePaperDoes() {
        assertThat(row.paperMap()).contains(UncertaintyKind.WARPING_ERROR);
    }
}
