package org.regstream.training.calibrate.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regstream.core.model.Verdict;
import org.regstream.training.calibrate.cases.CaseKind;

class DiceLimitTest {

    @Test
    void shouldLieBetweenWhatMustAlertAndWhatMustNot() {
        // given: bad ones predicted up to 0.6, good ones from 0.9
        List<Judgement> held = new ArrayList<>();
        for (int n = 0; n < 100; n++) {
            held.add(judged(StructureCases.CLEAN, 0.65, 0.5 + 0.001 * n));
            held.add(judged(StructureCases.CLEAN, 0.9, 0.9 + 0.0005 * n));
        }

        // then: 95 of the 100 bad ones must be told, so from the 95th on (0.594); two of the good ones may be (0.901)
        assertThat(DiceLimit.of(held)).isCloseTo((0.594 + 0.901) / 2, within(0.002));
    }

    @Test
    void shouldTellDisastersFirstWhateverThatCosts() {
        // given: one disaster that looks well
        List<Judgement> held = new ArrayList<>();
        for (int n = 0; n < 100; n++) {
            held.add(judged(StructureCases.CLEAN_PEOPLE, 0.9, 0.85 + 0.001 * n));
        }
        held.add(judged(StructureCases.CLEAN_PEOPLE, 0.3, 0.9));

        // then
        double limit = DiceLimit.of(held);
        assertThat(limit).isGreaterThan(0.9).isLessThan(0.91);
    }

    @Test
    void shouldNotAskForWhatIsToldAnyway() {
        // given: the disaster is disputed already
        List<Judgement> held = new ArrayList<>();
        for (int n = 0; n < 100; n++) {
            held.add(judged(StructureCases.CLEAN, 0.9, 0.85 + 0.001 * n));
        }
        held.add(new Judgement(StructureCases.of("a", 0.3, 0, 0), Optional.of(verdict(0.9)), false, true));

        // then
        assertThat(DiceLimit.of(held)).isLessThan(0.85);
    }

    private static Judgement judged(CaseKind kind, double dice, double predicted) {
        return new Judgement(StructureCases.of(kind, "a", dice, 0, 0, 0.9), Optional.of(verdict(predicted)), false,
                false);
    }

    private static Verdict verdict(double predicted) {
        return new Verdict.Judged(predicted, predicted, predicted);
    }
}
