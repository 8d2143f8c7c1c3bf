package org.regstream.core.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.regstream.core.alert.AlertCode.FOLDING;
import static org.regstream.core.alert.AlertCode.GAP;
import static org.regstream.core.alert.AlertCode.STALE;
import static org.regstream.core.alert.AlertPhase.ACKNOWLEDGED;
import static org.regstream.core.alert.AlertPhase.CLEARED;
import static org.regstream.core.alert.AlertPhase.CONTINUED;
import static org.regstream.core.alert.AlertPhase.DEESCALATED;
import static org.regstream.core.alert.AlertPhase.ESCALATED;
import static org.regstream.core.alert.AlertPhase.RAISED;
import static org.regstream.core.alert.AlertPhase.UPDATED;
import static org.regstream.core.alert.AlertPriority.HIGH;
import static org.regstream.core.alert.AlertPriority.INFORMATION;
import static org.regstream.core.alert.AlertPriority.LOW;
import static org.regstream.core.alert.AlertPriority.MEDIUM;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Timelines by hand. Repeated after 5 s, shown for 2 s at least, three times in 20 s, more urgent after 30 s. Folding does not
 * latch, a gap does.
 */
class AlertLifeTest {

    private static final Instant T0 = Instant.parse("2026-11-21T08:00:00Z");
    private static final AlertPace PACE = new AlertPace(Duration.ofSeconds(5), Duration.ofSeconds(2), 3,
            Duration.ofSeconds(20), Duration.ofSeconds(30));
    private static final Condition FOLDS = Condition.of(FOLDING);
    private static final Condition MISSING = Condition.of(GAP);

    private final OpenAlerts alerts = new OpenAlerts("p", PACE, AlertMemory.NONE.takenOver(T0));

    /**
     * What each event makes of each state. {@code FOLDING} is MEDIUM and does not latch; {@code GAP} does; "held" is within the 2 s,
     * "long" after. Events: the condition holds, holds more urgently, is over, is acknowledged, a tick.
     */
    @ParameterizedTest(name = "{0} of {1}: {2} gives {3}")
    @CsvSource(delimiter = '|', textBlock = """
            FOLDING | active,held       | report      | UPDATED MEDIUM ACTIVE
            FOLDING | active,held       | urgent      | ESCALATED HIGH ACTIVE
            FOLDING | active,held       | over        | UPDATED MEDIUM LATCHED
            FOLDING | active,held       | acknowledge | ACKNOWLEDGED MEDIUM ACTIVE
            FOLDING | active,held       | tick        |
            FOLDING | active,long       | over        | CLEARED MEDIUM INACTIVE
            FOLDING | latched,held      | report      | UPDATED MEDIUM ACTIVE
            FOLDING | latched,held      | urgent      | ESCALATED HIGH ACTIVE
            FOLDING | latched,held      | over        |
            FOLDING | latched,held      | acknowledge | ACKNOWLEDGED MEDIUM LATCHED
            FOLDING | latched,held      | tick        |
            FOLDING | latched,long      | tick        | CLEARED MEDIUM INACTIVE
            FOLDING | acknowledged,long | report      | UPDATED MEDIUM ACTIVE
            FOLDING | acknowledged,long | urgent      | ESCALATED HIGH ACTIVE
            FOLDING | acknowledged,long | over        | CLEARED MEDIUM INACTIVE
            FOLDING | acknowledged,long | acknowledge | ACKNOWLEDGED MEDIUM ACTIVE
            FOLDING | latched,long      | acknowledge | ACKNOWLEDGED MEDIUM LATCHED, CLEARED MEDIUM INACTIVE
            GAP     | active,held       | over        | UPDATED MEDIUM LATCHED
            GAP     | active,long       | over        | DEESCALATED LOW LATCHED
            GAP     | latched,held      | acknowledge | ACKNOWLEDGED MEDIUM LATCHED
            GAP     | latched,long      | tick        | DEESCALATED LOW LATCHED
            GAP     | latched,long      | report      | UPDATED MEDIUM ACTIVE
            GAP     | settled,long      | tick        |
            GAP     | settled,long      | report      | ESCALATED MEDIUM ACTIVE
            GAP     | settled,long      | over        |
            GAP     | settled,long      | acknowledge | ACKNOWLEDGED LOW LATCHED, CLEARED LOW INACTIVE
            GAP     | acknowledged,long | over        | CLEARED MEDIUM INACTIVE
            """)
    void shouldGoWhereTheTableSays(AlertCode code, String state, String event, String expected) {
        // given
        Condition condition = Condition.of(code);
        String alertId = raise(condition, 0).alertId();
        bring(condition, alertId, state);
        double now = state.endsWith("held") ? 1 : 3;

        // when
        List<Alert> told = apply(condition, alertId, event, now);

        // then
        assertThat(told.stream().map(a -> a.phase() + " " + a.priority() + " " + a.state())
                .collect(Collectors.joining(", "))).isEqualTo(expected == null ? "" : expected);
        assertThat(told).allMatch(a -> a.alertId().equals(alertId) && a.since().equals(T0));
        assertThat(told).allMatch(a -> a.phase() != ESCALATED || a.acknowledgement().isEmpty());
    }

    private void bring(Condition condition, String alertId, String state) {
        if (state.startsWith("latched")) {
            apply(condition, alertId, "over", 0.5);
        } else if (state.startsWith("settled")) {
            apply(condition, alertId, "over", 2.5);
        } else if (state.startsWith("acknowledged")) {
            apply(condition, alertId, "acknowledge", 0.5);
        }
    }

    private List<Alert> apply(Condition condition, String alertId, String event, double now) {
        switch (event) {
            case "report" :
                return List.of(alerts.report(condition, finding(MEDIUM), at(now)));
            case "urgent" :
                return List.of(alerts.report(condition, finding(HIGH), at(now)));
            case "over" :
                return alerts.clear(condition, Ending.by("v"), at(now)).stream().toList();
            case "acknowledge" :
                return alerts.acknowledge(alertId, by(now, 60), at(now));
            default :
                return alerts.tick(at(now));
        }
    }

    @Test
    void shouldAskForAttentionAgainWhenTheAcknowledgementRunsOut() {
        // given
        Alert raised = raise(FOLDS, 0);
        Alert seen = alerts.acknowledge(raised.alertId(), by(1, 10), at(1)).get(0);
        assertThat(seen.acknowledgement()).contains(new Acknowledgement("Dr Grey", at(1), at(11)));

        // when / then
        assertThat(phases(alerts.tick(at(10.9)))).containsExactly(CONTINUED);
        Alert again = alerts.tick(at(11)).get(0);
        assertThat(again.phase()).isEqualTo(RAISED);
        assertThat(again.acknowledgement()).isEmpty();
        assertThat(again.alertId()).isEqualTo(raised.alertId());
    }

    @Test
    void shouldBecomeMoreUrgentWhenNobodyTakesNoteAndNotWhileSomebodyHas() {
        // given
        String alertId = raise(FOLDS, 0).alertId();
        alerts.acknowledge(alertId, by(1, 40), at(1));

        // when / then: taken note of until 41 s, from then on 30 s
        assertThat(phases(alerts.tick(at(35)))).containsExactly(CONTINUED);
        assertThat(phases(alerts.tick(at(41)))).containsExactly(RAISED);
        assertThat(phases(alerts.tick(at(70.9)))).containsExactly(CONTINUED);
        Alert escalated = alerts.tick(at(71)).get(0);
        assertThat(escalated.phase()).isEqualTo(ESCALATED);
        assertThat(escalated.priority()).isEqualTo(HIGH);
        assertThat(phases(alerts.tick(at(200)))).as("there is nothing above").containsExactly(CONTINUED);
    }

    @Test
    void shouldKeepThePriorityThatTimeMadeWhileTheFindingIsTheSame() {
        // given
        raise(FOLDS, 0);
        alerts.tick(at(30));

        // when / then
        assertThat(alerts.report(FOLDS, finding(MEDIUM), at(31)).priority()).isEqualTo(HIGH);
    }

    @Test
    void shouldNeverMakeAnInformationUrgent() {
        alerts.report(FOLDS, finding(INFORMATION), at(0));

        assertThat(alerts.tick(at(10_000))).extracting(Alert::priority).containsExactly(INFORMATION);
    }

    /** In and out of sight every second: told as urgent as it was for as long as that is held, 2 s. */
    @Test
    void shouldNotFlickerBetweenTwoPriorities() {
        // given
        alerts.report(FOLDS, finding(HIGH), at(0));

        // when / then
        assertThat(alerts.report(FOLDS, finding(MEDIUM), at(1)).phase()).isEqualTo(UPDATED);
        assertThat(alerts.report(FOLDS, finding(HIGH), at(1.5)).phase()).isEqualTo(UPDATED);
        Alert lower = alerts.report(FOLDS, finding(MEDIUM), at(2));
        assertThat(lower.phase()).isEqualTo(DEESCALATED);
        assertThat(lower.priority()).isEqualTo(MEDIUM);
    }

    /** Comes and goes every 3 s: raised at 0, 3 and 6 s, then kept until 26 s. */
    @Test
    void shouldKeepWhatComesAndGoesTooOften() {
        // given
        List<Alert> told = new ArrayList<>();

        // when
        for (int second = 0; second <= 30; second++) {
            if (second % 3 == 0 && second < 18) {
                told.add(alerts.report(FOLDS, finding(MEDIUM), at(second)));
            } else if (second % 3 == 2) {
                alerts.clear(FOLDS, Ending.by("v" + second), at(second)).ifPresent(told::add);
            }
            told.addAll(alerts.tick(at(second)));
            assertThat(alerts.capped(at(second))).as("at %d s", second).isEqualTo(second >= 6 && second < 26 ? 1 : 0);
        }

        // then
        assertThat(told).filteredOn(a -> a.phase() == RAISED).extracting(Alert::at).containsExactly(at(0), at(3),
                at(6));
        assertThat(told).filteredOn(a -> a.phase() == CLEARED).extracting(Alert::at).containsExactly(at(2), at(5),
                at(26));
        assertThat(told).last().extracting(a -> a.volumeId().orElseThrow()).isEqualTo("v17");
    }

    @Test
    void shouldTellWhatIsOverAndWhatToDo() {
        // given
        Alert raised = raise(MISSING, 0);
        assertThat(raised.sentence()).isEqualTo("Something. The overlay was not updated.");

        // when
        Alert latched = alerts.clear(MISSING, Ending.by("v9"), at(3)).orElseThrow();

        // then
        assertThat(latched.sentence())
                .isEqualTo("Something. It is over: A whole volume came again. Acknowledge it to close it.");
        assertThat(latched.volumeId()).as("of what was found").contains("v");
        Alert closed = alerts.acknowledge(raised.alertId(), by(4, 60), at(4)).get(1);
        assertThat(closed.sentence()).isEqualTo("A whole volume came again.");
        assertThat(closed.volumeId()).contains("v9");
        assertThat(closed.acknowledgement().orElseThrow().by()).isEqualTo("Dr Grey");
    }

    @Test
    void shouldNotKnowAnAlertThatIsOver() {
        String alertId = raise(FOLDS, 0).alertId();
        alerts.clear(FOLDS, Ending.by("v"), at(3));

        assertThat(alerts.acknowledge(alertId, by(4, 60), at(4))).isEmpty();
        assertThat(raise(FOLDS, 5).alertId()).isNotEqualTo(alertId).matches("[a-z0-9]+-[0-9]+");
    }

    /** Another process goes on with what the first knew: same alerts, numbers that go on, an epoch of its own. */
    @Test
    void shouldGoOnWhereAnotherEnded() {
        // given
        Alert gap = raise(MISSING, 0);
        alerts.clear(MISSING, Ending.by("v"), at(3));
        Alert fold = raise(FOLDS, 4);
        alerts.acknowledge(fold.alertId(), by(5, 60), at(5));
        AlertMemory memory = new AlertMemory(alerts.epoch(), alerts.sequence(), Optional.empty(), Optional.empty(),
                Map.of(), alerts.lives());

        // when
        OpenAlerts successor = new OpenAlerts("p", PACE, memory.takenOver(at(-100)));

        // then: also if its clock is behind by 105 s; what had 60 s to go still has
        assertThat(successor.latest()).extracting(Alert::alertId).containsExactly(gap.alertId(), fold.alertId());
        List<Alert> told = successor.tick(at(-95));
        assertThat(told).extracting(Alert::phase).containsExactly(CONTINUED, CONTINUED);
        assertThat(told).extracting(Alert::sequence).containsExactly(5L, 6L);
        assertThat(told).allMatch(a -> a.epoch() == alerts.epoch() + 1);
        assertThat(told.get(0).state()).isEqualTo(AlertState.LATCHED);
        assertThat(told.get(1).acknowledgement().orElseThrow().until()).isEqualTo(at(-40));
    }

    /** Raised at 0 s by one process, taken over by others at 20 s and, by a clock that is a minute behind, at 25 s: escalated after 30 s, once. */
    @Test
    void shouldBecomeMoreUrgentInTimeThoughProcessesAndClocksChange() {
        // given
        String alertId = raise(FOLDS, 0).alertId();
        OpenAlerts second = new OpenAlerts("p", PACE, memory(alerts).takenOver(at(20)));
        assertThat(phases(second.tick(at(25)))).containsExactly(CONTINUED);

        // when
        OpenAlerts third = new OpenAlerts("p", PACE, memory(second).takenOver(at(25 - 60)));

        // then
        assertThat(phases(third.tick(at(29.9 - 60)))).isEmpty();
        Alert escalated = third.tick(at(30 - 60)).get(0);
        assertThat(escalated.phase()).isEqualTo(ESCALATED);
        assertThat(escalated.alertId()).isEqualTo(alertId);
        assertThat(escalated.epoch()).isGreaterThan(second.epoch());
        OpenAlerts fourth = new OpenAlerts("p", PACE, memory(third).takenOver(at(31 - 60)));
        assertThat(fourth.latest()).extracting(Alert::priority).containsExactly(HIGH);
        assertThat(phases(fourth.tick(at(60.1 - 60)))).containsExactly(CONTINUED);
    }

    private static AlertMemory memory(OpenAlerts open) {
        return new AlertMemory(open.epoch(), open.sequence(), Optional.empty(), Optional.empty(), Map.of(),
                open.lives());
    }

    /** Time has made it HIGH and somebody took note; then the structure is gone, which is HIGH by itself. */
    @Test
    void shouldAskForAttentionAgainWhenWhatWasTakenNoteOfGetsWorse() {
        // given
        String alertId = raise(FOLDS, 0).alertId();
        alerts.tick(at(30));
        alerts.acknowledge(alertId, by(31, 600), at(31));
        assertThat(alerts.report(FOLDS, finding(MEDIUM), at(32)).acknowledgement()).as("as bad as before").isPresent();

        // when
        Alert worse = alerts.report(FOLDS, finding(HIGH), at(33));

        // then
        assertThat(worse.phase()).isEqualTo(ESCALATED);
        assertThat(worse.priority()).isEqualTo(HIGH);
        assertThat(worse.acknowledgement()).isEmpty();
        assertThat(alerts.report(FOLDS, finding(HIGH), at(34)).phase()).isEqualTo(UPDATED);
    }

    /** The cap keeps an alert; it never keeps one from being told. */
    @Test
    void shouldTellWhatIsUrgentAtOnceWhileLessUrgentAlertsAreKept() {
        // given: two that come and go too often
        for (int second = 0; second < 9; second += 3) {
            for (Condition often : List.of(FOLDS, MISSING)) {
                alerts.report(often, finding(MEDIUM), at(second));
                alerts.clear(often, Ending.by("v"), at(second + 2));
            }
        }
        assertThat(alerts.capped(at(9))).isEqualTo(2);

        // when / then
        assertThat(alerts.report(Condition.of(STALE), finding(HIGH), at(9)).phase()).isEqualTo(RAISED);
        Alert urgent = alerts.report(FOLDS, finding(HIGH), at(9));
        assertThat(urgent.phase()).isEqualTo(ESCALATED);
        assertThat(urgent.state()).isEqualTo(AlertState.ACTIVE);
    }

    /**
     * Whatever comes, with ticks: what holds is open and said at least every 5 s; no condition asks for attention by itself more than
     * three times in 20 s; an acknowledged one asks only when that has run out or it is more urgent.
     */
    @ParameterizedTest
    @ValueSource(longs = {71, 72, 73, 74})
    void shouldNeverBeSilentAboutWhatHoldsNorCryTooOften(long seed) {
        // given
        Random random = new Random(seed);
        Map<Condition, Instant> holdsSince = new HashMap<>();
        Map<Condition, Instant> said = new HashMap<>();
        Map<Condition, Deque<Instant>> cries = new HashMap<>();

        for (int tenth = 0; tenth < 20_000; tenth++) {
            Instant now = at(tenth / 10.0);
            // when
            List<Alert> told = anything(random, now, holdsSince);

            // then
            for (Alert a : told) {
                Condition condition = new Condition(a.code(), a.structure());
                said.put(condition, now);
                if (a.phase() == RAISED && a.since().equals(now)) {
                    Deque<Instant> recent = cries.computeIfAbsent(condition, c -> new ArrayDeque<>());
                    recent.removeIf(at -> !at.plusSeconds(20).isAfter(now));
                    recent.add(now);
                    assertThat(recent.size()).as("seed %d", seed).isLessThanOrEqualTo(3);
                }
            }
            holdsSince.keySet().forEach(condition -> {
                assertThat(alerts.holds(condition)).as("seed %d, %s", seed, condition).isTrue();
                assertThat(said.get(condition)).as("seed %d, %s", seed, condition).isAfter(now.minusSeconds(6));
            });
        }
        assertThat(alerts.sequence()).as("something happened").isGreaterThan(2000);
    }

    private List<Alert> anything(Random random, Instant now, Map<Condition, Instant> holdsSince) {
        List<Alert> told = new ArrayList<>();
        Condition condition = random.nextBoolean() ? FOLDS : MISSING;
        switch (random.nextInt(30)) {
            case 0 :
            case 1 :
                told.add(alerts.report(condition, finding(random.nextInt(4) == 0 ? HIGH : MEDIUM), now));
                holdsSince.putIfAbsent(condition, now);
                break;
            case 2 :
            case 3 :
                alerts.clear(condition, Ending.by("v"), now).ifPresent(told::add);
                holdsSince.remove(condition);
                break;
            case 4 :
                alerts.latest().stream().findFirst().ifPresent(a -> told.addAll(alerts.acknowledge(a.alertId(),
                        new Acknowledgement("Dr Grey", now, now.plusSeconds(1 + random.nextInt(20))), now)));
                break;
            default :
                told.addAll(alerts.tick(now));
        }
        return told;
    }

    @Test
    void shouldRefuseWhoHasNoNameAndWhatLastsTooLong() {
        assertThatThrownBy(() -> new Acknowledgement(" ", at(0), at(1))).hasMessageContaining("1 to 64");
        assertThatThrownBy(() -> new Acknowledgement("x".repeat(65), at(0), at(1))).hasMessageContaining("65");
        assertThatThrownBy(() -> new Acknowledgement("a\nb", at(0), at(1))).hasMessageContaining("printable");
        assertThatThrownBy(() -> new Acknowledgement("a", at(0), at(0))).hasMessageContaining("at most 4 h");
        assertThatThrownBy(() -> new Acknowledgement("a", at(0), at(4 * 3600 + 1))).hasMessageContaining("got 14401 s");
    }

    private Alert raise(Condition condition, double second) {
        Alert raised = alerts.report(condition, finding(MEDIUM), at(second));
        assertThat(raised.phase()).isEqualTo(RAISED);
        return raised;
    }

    private static Finding finding(AlertPriority priority) {
        return new Finding(priority, Optional.of("v"), Optional.empty(), T0, "Something.");
    }

    private static Acknowledgement by(double second, int seconds) {
        return new Acknowledgement("Dr Grey", at(second), at(second + seconds));
    }

    private static List<AlertPhase> phases(List<Alert> told) {
        return told.stream().map(Alert::phase).toList();
    }

    private static Instant at(double second) {
        return T0.plusMillis(Math.round(1000 * second));
    }
}
