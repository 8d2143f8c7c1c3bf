package org.regstream.training.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.regstream.training.TinyTask;
import org.regstream.training.data.Sample;

class CasePlanTest {
    private static final List<Sample> SAMPLES = TinyTask.samples(7);
    private static final CasePlan PLAN = plan(1);

    @Test
    void shouldMeetEachPairOnceWithEachFailure() {
        // then: three patients, one pair of each protocol, seven failures and none
        assertThat(PLAN.size()).isEqualTo(3 * 2 * 8);
        assertThat(PLAN.failures()).hasSize(CasePlan.KINDS);
        assertThat(PLAN.kinds()).containsExactly("none", "wrong patient", "shifted field of view",
                "turned field of view", "missing slices", "motion", "inverted contrast", "cavity");
        Set<String> seen = new HashSet<>();
        for (int number = 0; number < PLAN.size(); number++) {
            CasePlan.Case c = PLAN.make(number);
            seen.add(number / 8 + " " + c.kind());
            assertThat(c.patient()).isEqualTo(PLAN.pairs().get(number / 8).fixed().name());
            assertThat(c.kind().equals(CasePlan.UNSPOILED) ? c.severity() == 0 : c.severity() > 0 && c.severity() <= 1)
                    .isTrue();
        }
        assertThat(seen).hasSize(PLAN.size());
    }

    @Test
    void shouldTakeTheMostSimilarTrainingImageAndTheNextPatientAsPartners() {
        assertThat(PLAN.pairs().subList(0, 3)).extracting(p -> p.moving().name()).containsExactly(
                SAMPLES.get(1).name(), SAMPLES.get(2).name(), SAMPLES.get(0).name());
        Sample fixed = SAMPLES.get(0);
        Sample nearest = Likeness.rank(List.of(fixed), SAMPLES).get(fixed.name()).get(0);
        assertThat(nearest.name()).isNotEqualTo(fixed.name());
        assertThat(PLAN.pairs().get(3).moving().name())
                .isEqualTo(Likeness.rank(List.of(fixed), SAMPLES.subList(3, 7)).get(fixed.name()).get(0).name());
    }

    @Test
    void shouldDependOnTheSeedAndTheNumberAlone() {
        for (int number : new int[]{2, 13, 23}) {
            CasePlan.Case once = PLAN.make(number);
            CasePlan.Case again = plan(1).make(number);
            assertThat(once.pair().fixed().image().values()).isEqualTo(again.pair().fixed().image().values());
            assertThat(once.severity()).isEqualTo(again.severity()).isNotEqualTo(plan(2).make(number).severity());
        }
    }

    @Test
    void shouldDealFailuresInTurnWhereEachPairMeetsFew() {
        // given: six pairs, two failures each
        CasePlan few = new CasePlan(PLAN.pairs(), PLAN.failures(), 2, TinyTask.TASK.intensity(), 1);

        // then
        assertThat(few.size()).isEqualTo(6 * 3);
        assertThat(IntStream.range(0, 18).mapToObj(number -> few.make(number).kind())).startsWith("none",
                "wrong patient", "shifted field of view", "none", "turned field of view", "missing slices", "none",
                "motion", "inverted contrast", "none", "cavity", "wrong patient");
        assertThatThrownBy(() -> new CasePlan(PLAN.pairs(), PLAN.failures(), 8, TinyTask.TASK.intensity(), 1))
                .hasMessageContaining("1 to 7 failures, got 8");
    }

    @Test
    void shouldMapWhatArrivesAsTheServiceDoes() {
        for (int number = 0; number < PLAN.size(); number++) {
            for (float v : PLAN.make(number).pair().fixed().image().values()) {
                assertThat(v).isBetween(0f, 1f);
            }
        }
    }

    private static CasePlan plan(long seed) {
        return CasePlan.of(SAMPLES.subList(0, 3), SAMPLES.subList(3, 7), CasePlan.KINDS, TinyTask.TASK.intensity(),
                seed);
    }
}
