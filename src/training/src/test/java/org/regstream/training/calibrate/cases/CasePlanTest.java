package org.regstream.training.calibrate.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.warp.Warp;
import org.regstream.training.TinyTask;
import org.regstream.training.calibrate.failure.Arrival;
import org.regstream.training.data.Sample;

class CasePlanTest {
    private static final List<Sample> SAMPLES = TinyTask.samples(7);
    private static final CasePlan PLAN = plan(1);
    private static final List<List<Case>> VISITS = IntStream.range(0, PLAN.size()).mapToObj(PLAN::make).toList();
    private static final List<Case> CASES = VISITS.stream().flatMap(List::stream).toList();

    @Test
    void shouldGiveEachKindItsCasesOfOnePatientAndOfTwoPeople() {
        // given
        Map<CaseKind, Long> counts = CASES.stream().collect(Collectors.groupingBy(Case::kind, Collectors.counting()));

        // then: three patients, two cases of each failure
        assertThat(PLAN.kinds()).containsExactlyInAnyOrderElementsOf(counts.keySet());
        counts.forEach((kind, n) -> assertThat(n).as(kind.toString()).isEqualTo(kind.isClean() ? 3 : 2));
        assertThat(names(counts.keySet(), People.ONE_PATIENT, Side.NOTHING)).containsExactlyInAnyOrder("identity",
                "rigid", "elastic", "shift", "collapse", "push", "combined");
        assertThat(names(counts.keySet(), People.TWO_PEOPLE, Side.NOTHING)).containsExactlyInAnyOrder("fixed pairs",
                "best atlas");
        assertThat(names(counts.keySet(), People.ONE_PATIENT, Side.LIVE_IMAGE)).hasSize(12)
                .isEqualTo(names(counts.keySet(), People.TWO_PEOPLE, Side.LIVE_IMAGE));
        assertThat(names(counts.keySet(), People.TWO_PEOPLE, Side.GIVEN_LABELS)).containsExactly("labels swapped");
    }

    @Test
    void shouldDemandAnAlertWhereTheSidesDoNotBelongTogetherOrTheLabelsAreNotWhatTheySay() {
        assertThat(PLAN.kinds().stream().filter(CaseKind::mustAlert).map(CaseKind::name).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("mirrored live image", "noise for an image", "constant image",
                        "another person's image", "mirrored image", "mirrored image and labels", "labels swapped");
    }

    @Test
    void shouldCarryTheGivenLabelsAlongTheTrueMotionForATruth() {
        int odd = 0;
        for (Case c : CASES) {
            Arrival a = c.arrival();
            if (a.motion().isPresent()) {
                LabelMap carried = Warp.nearest(a.moving().labels(), a.motion().orElseThrow());
                for (int x = 0; x < a.known().length; x++) {
                    if (a.known()[x]) {
                        assertThat(a.fixed().labels().labels()[x]).isEqualTo(carried.labels()[x]);
                    }
                }
                odd += c.kind().side() == Side.GIVEN_LABELS ? 1 : 0;
            }
        }
        assertThat(odd).isEqualTo(5 * 2);
    }

    @Test
    void shouldShareTheImagesOfOneVisit() {
        for (List<Case> visit : VISITS) {
            for (Case c : visit) {
                assertThat(c.arrival().fixed().image()).isSameAs(visit.get(0).arrival().fixed().image());
                assertThat(c.arrival().moving().image()).isSameAs(visit.get(0).arrival().moving().image());
            }
        }
    }

    @Test
    void shouldLayBothSidesOnOneWindow() {
        for (Case c : CASES) {
            assertThat(c.arrival().moving().image().grid()).isEqualTo(c.arrival().fixed().image().grid());
            assertThat(c.arrival().moving().labels().grid()).isEqualTo(c.arrival().fixed().image().grid());
        }
    }

    @Test
    void shouldTakeTheMostSimilarTrainingImageAndTheNextPatientAsPartners() {
        Map<String, String> next = new HashMap<>();
        Map<String, String> nearest = new HashMap<>();
        for (Case c : CASES) {
            if (c.kind().name().equals("fixed pairs")) {
                next.put(c.patient(), c.arrival().moving().name());
            } else if (c.kind().name().equals("best atlas")) {
                nearest.put(c.patient(), c.arrival().moving().name());
            }
        }
        assertThat(next).containsEntry(SAMPLES.get(0).name(), SAMPLES.get(1).name()).containsEntry(
                SAMPLES.get(2).name(), SAMPLES.get(0).name());
        assertThat(nearest.get(SAMPLES.get(0).name())).isEqualTo(Likeness
                .rank(List.of(SAMPLES.get(0)), SAMPLES.subList(3, 7)).get(SAMPLES.get(0).name()).get(0).name());
    }

    @Test
    void shouldDependOnTheSeedAndTheNumberAlone() {
        for (int number : new int[]{2, 25, PLAN.size() - 1}) {
            Case once = VISITS.get(number).get(0);
            Case again = plan(1).make(number).get(0);
            assertThat(once.arrival().fixed().image().values()).isEqualTo(again.arrival().fixed().image().values());
            assertThat(once.severity()).isEqualTo(again.severity());
        }
        assertThat(VISITS.get(PLAN.size() - 1).get(0).severity())
                .isNotEqualTo(plan(2).make(PLAN.size() - 1).get(0).severity());
    }

    @Test
    void shouldMapWhatArrivesAsTheServiceDoes() {
        for (Case c : CASES) {
            for (float[] values : List.of(c.arrival().fixed().image().values(),
                    c.arrival().moving().image().values())) {
                for (float v : values) {
                    assertThat(v >= 0 && v <= 1).isTrue();
                }
            }
        }
    }

    @Test
    void shouldScaleErrorsByOnePairOfEachPatientWithItselfAndOneWithAnother() {
        assertThat(PLAN.scaling().stream().map(n -> VISITS.get(n).get(0).kind().name())).containsExactly("combined",
                "combined", "combined", "fixed pairs", "fixed pairs", "fixed pairs");
    }

    @Test
    void shouldRefuseAPlanWithoutFailures() {
        assertThatThrownBy(() -> new CasePlan(SAMPLES.subList(0, 3), SAMPLES, 0, TinyTask.TASK.intensity(), 1))
                .hasMessageContaining("at least 1 case, got 0");
    }

    private static Set<String> names(Set<CaseKind> kinds, People people, Side side) {
        return kinds.stream().filter(k -> k.people() == people && k.side() == side).map(CaseKind::name)
                .collect(Collectors.toSet());
    }

    private static CasePlan plan(long seed) {
        return new CasePlan(SAMPLES.subList(0, 3), SAMPLES.subList(3, 7), 2, TinyTask.TASK.intensity(), seed);
    }
}
