package org.regstream.training.calibrate.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regstream.core.model.Verdict;
import org.regstream.core.uncertainty.Rate;
import org.regstream.training.calibrate.cases.StructureCase;

class HeldOutTest {

    @Test
    void shouldJudgeAPatientByWhatTheOthersTaught() {
        // given
        List<StructureCase> cases = StructureCases.random(10, 12, 0.1, 5);
        List<StructureCase> otherTruth = cases.stream()
                .map(c -> c.patient().equals("patient 3")
                        ? new StructureCase(c.patient(), c.kind(), c.severity(), c.structure(), 1 - c.dice(),
                                c.features())
                        : c)
                .toList();

        // when
        HeldOut before = HeldOut.crossValidate(cases, false);
        HeldOut after = HeldOut.crossValidate(otherTruth, false);

        // then: its own truth does not change what it is told, nor interval and limit; it does change others
        assertThat(judgement(before, "patient 3")).isEqualTo(judgement(after, "patient 3"));
        assertThat(judgement(before, "patient 4")).isNotEqualTo(judgement(after, "patient 4"));
        assertThat(before.judgements()).hasSize(120);
    }

    @Test
    void shouldCoverNineOfTenAndLeanNeitherWayOnPatientsHeldOut() {
        // when: noise on the logit scale, which the interval must follow
        HeldOut held = HeldOut.crossValidate(StructureCases.random(30, 40, 0.5, 9), false);

        // then
        assertThat(held.coverage().value()).isBetween(0.87, 0.93);
        assertThat(held.bias()).isCloseTo(0, within(0.01));
        assertThat(held.toldBelow(0.6).value()).isGreaterThan(0.99);
    }

    @Test
    void shouldCountWhatIsToldOfBadAndOfGoodCases() {
        // given
        StructureCase bad = StructureCases.of("a", 0.5, 0, 0);
        StructureCase good = StructureCases.of("b", 0.8, 0, 0);
        StructureCase swapped = StructureCases.of(StructureCases.SWAPPED, "b", 0.9, 0, 0, 0.1);
        HeldOut held = new HeldOut(List.of(judged(bad, 0.3, true), judged(bad, 0.9, false), judged(good, 0.4, true),
                judged(good, 0.8, false), judged(good, 0.8, false), judged(swapped, 0.9, true)));

        // then: an alert on swapped labels is none of the false ones; of the pairs (0.3, 0.9) x (0.4, 0.8, 0.8, 0.9) four and a half are in order
        assertThat(held.toldBelow(0.7)).isEqualTo(Rate.of(1, 2));
        assertThat(held.falselyTold()).isEqualTo(Rate.of(1, 3));
        assertThat(held.auroc().value()).isEqualTo(4.5 / 8);
        assertThat(held.bias()).isCloseTo((-0.2 + 0.4 - 0.4 + 0 + 0 + 0) / 6, within(1e-12));
        assertThat(held.meanError()).isCloseTo((0.2 + 0.4 + 0.4) / 6, within(1e-12));
        assertThat(held.coverage()).isEqualTo(Rate.of(3, 6));
    }

    private static Judgement judged(StructureCase c, double predicted, boolean isLow) {
        return new Judgement(c, Optional.of(new Verdict.Judged(predicted, predicted - 0.1, predicted + 0.1)), isLow,
                false);
    }

    private static List<String> judgement(HeldOut held, String patient) {
        return held.judgements().stream().filter(j -> j.of().patient().equals(patient))
                .map(j -> j.verdict() + " " + j.isTold()).toList();
    }
}
