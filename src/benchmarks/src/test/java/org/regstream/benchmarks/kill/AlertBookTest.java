package org.regstream.benchmarks.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertBookTest {

    private final List<AlertSeen> alerts = new ArrayList<>();

    @Test
    void shouldFindNothingWhereEachAlertBeginsAndEnds() {
        told("run", "a", 1, 1, "GAP", "ACTIVE");
        told("run", "a", 1, 1, "GAP", "ACTIVE");
        told("run", "b", 1, 2, "STALE", "ACTIVE");
        told("next", "a", 2, 3, "GAP", "INACTIVE");
        told("next", "b", 2, 4, "STALE", "INACTIVE");

        assertThat(faults()).isEmpty();
    }

    @Test
    void shouldTellWhatIsLeftOpen() {
        told("run", "a", 1, 1, "GAP", "ACTIVE");

        assertThat(new AlertBook(alerts).open()).hasSize(1);
        assertThat(faults()).containsExactly("**alerts left open**");
    }

    @Test
    void shouldPassOverSmallerEpochsAsDisplaysDoUnlessTheyEndAnAlert() {
        told("run", "a", 1, 1, "GAP", "ACTIVE");
        told("next", "b", 2, 1, "STALE", "INACTIVE");
        told("run", "a", 1, 2, "GAP", "INACTIVE");
        told("run", "c", 1, 3, "GAP", "ACTIVE");

        assertThat(faults()).isEmpty();
    }

    @Test
    void shouldBearWithASuccessorThatDidNotKnowOfAnEnd() {
        told("run", "a", 1, 1, "GAP", "ACTIVE");
        told("run", "a", 1, 2, "GAP", "INACTIVE");
        told("next", "a", 2, 2, "GAP", "LATCHED");
        told("next", "a", 2, 3, "GAP", "INACTIVE");

        assertThat(faults()).isEmpty();
    }

    @Test
    void shouldTellWhatComesAfterTheEnd() {
        told("run", "a", 1, 1, "GAP", "INACTIVE");
        told("run", "a", 1, 2, "GAP", "LATCHED");
        told("run", "a", 1, 3, "GAP", "INACTIVE");

        assertThat(faults()).containsExactly("**alerts told after they were cleared**");
    }

    @Test
    void shouldTellTwoAlertsOfOneCondition() {
        told("run", "a", 1, 1, "GAP", "ACTIVE");
        told("run", "b", 1, 2, "GAP", "ACTIVE");
        told("run", "a", 1, 3, "GAP", "INACTIVE");
        told("run", "b", 1, 4, "GAP", "INACTIVE");

        assertThat(faults()).containsExactly("**two alerts of one condition at once**");
    }

    @Test
    void shouldTellNumbersThatCannotBe() {
        told("run", "a", 1, 2, "GAP", "INACTIVE");
        told("run", "b", 1, 1, "STALE", "INACTIVE");
        told("other", "c", 1, 2, "FOLDING", "INACTIVE");

        assertThat(faults()).containsExactly("**numbers of alerts that run backwards in their epoch**",
                "**numbers of alerts that stand for two events**", "**epochs of two runs**");
    }

    private List<String> faults() {
        return new AlertBook(alerts).counts().stream().filter(c -> !c.holds()).map(Count::what).toList();
    }

    private void told(String run, String alertId, long epoch, long sequence, String code, String state) {
        alerts.add(new AlertSeen("p", run, alertId, epoch, sequence, code, "", "PHASE", state, "", Instant.EPOCH));
    }
}
