package org.regstream.benchmarks.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.regstream.benchmarks.kill.Outcomes.Outcome;
import org.regstream.benchmarks.kill.Records.Refused;

class OutcomesTest {

    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    private static final String SERIES = "2.25.7";

    private final Records records = new Records();
    private final List<SentVolume> sent = IntStream.rangeClosed(1, 4).mapToObj(n -> volume(n, "v" + n)).toList();

    @Test
    void shouldFindWhatBecameOfEach() {
        // given
        published(Published.STUDENT_LABELS, "v1", 1);
        published(Published.NO_REGISTRATION, "", 2);
        superseded(1, 1, "v3");
        records.refused().add(new Refused(SERIES, 4, "no-procedure"));

        // then
        assertThat(outcomes()).containsExactly(Outcome.LABELS, Outcome.NOTHING_VALID, Outcome.SUPERSEDED,
                Outcome.DEAD_LETTERS);
    }

    @Test
    void shouldCallLostWhatNothingTellsOf() {
        published(Published.STUDENT_LABELS, "v1", 1);
        published(Published.STUDENT_LABELS, "v4", 4);

        assertThat(outcomes()).containsExactly(Outcome.LABELS, Outcome.NONE, Outcome.NONE, Outcome.LABELS);
        assertThat(faults(Outcomes.of(sent, records).counts())).containsExactly("**volumes without an outcome** 2");
    }

    @Test
    void shouldTakeAsManyEarlierVolumesForToldAsNumbersAreMissing() {
        // given: 1 was told, 2 gave way to 3
        superseded(1, 1, "v1");
        superseded(1, 3, "v4");

        assertThat(outcomes()).containsExactly(Outcome.SUPERSEDED, Outcome.NONE, Outcome.SUPERSEDED_TOGETHER,
                Outcome.SUPERSEDED);
    }

    /** Alerts of other conditions come in between. */
    @Test
    void shouldCountAllNumbersThatAreMissingSinceTheOneBefore() {
        superseded(1, 1, "v1");
        records.alerts().add(new AlertSeen("p", "run", "b", 1, 3, "STALE", "", "RAISED", "ACTIVE", "", START));
        superseded(1, 5, "v4");

        assertThat(outcomes()).containsExactly(Outcome.SUPERSEDED, Outcome.SUPERSEDED_TOGETHER,
                Outcome.SUPERSEDED_TOGETHER, Outcome.SUPERSEDED);
    }

    @Test
    void shouldCountMissingNumbersFromTheEpochBefore() {
        superseded(1, 7, "v1");
        superseded(2, 10, "v4");

        assertThat(outcomes()).containsExactly(Outcome.SUPERSEDED, Outcome.SUPERSEDED_TOGETHER,
                Outcome.SUPERSEDED_TOGETHER, Outcome.SUPERSEDED);
    }

    @Test
    void shouldCountWhatIsToldOnlyWhenItIsOver() {
        // given: raised for 2 and 3 and cleared by 4, while the broker was away
        records.alerts().add(new AlertSeen("p", "run", "a", 1, 3, "SUPERSEDED", "", "CLEARED", "INACTIVE", "v4",
                START.plusSeconds(10)));
        published(Published.STUDENT_LABELS, "v1", 1);
        published(Published.STUDENT_LABELS, "v4", 4);

        assertThat(outcomes()).containsExactly(Outcome.LABELS, Outcome.SUPERSEDED_TOGETHER,
                Outcome.SUPERSEDED_TOGETHER, Outcome.LABELS);
    }

    @Test
    void shouldTellLabelsOfWhatNobodySent() {
        published(Published.STUDENT_LABELS, "smaller", 1);

        assertThat(faults(Outcomes.of(sent, records).counts()))
                .contains("**labels of something that was not sent** 1");
    }

    private List<Outcome> outcomes() {
        Outcomes outcomes = Outcomes.of(sent, records);
        return sent.stream().map(outcomes::of).toList();
    }

    private static List<String> faults(List<Count> counts) {
        return counts.stream().filter(c -> !c.holds()).map(c -> c.what() + " " + c.number()).toList();
    }

    private void published(String type, String volumeId, int number) {
        records.published().add(new Published("p", type, "2.25.1" + number, "run", number, volumeId, acquired(number),
                "", "digest"));
    }

    private void superseded(long epoch, long sequence, String volumeId) {
        records.alerts().add(new AlertSeen("p", "run", "a", epoch, sequence, "SUPERSEDED", "", "UPDATED", "ACTIVE",
                volumeId, START.plusSeconds(10)));
    }

    private static SentVolume volume(int number, String volumeId) {
        return new SentVolume("p", SERIES, number, volumeId, acquired(number), acquired(number).plusMillis(900));
    }

    private static Instant acquired(int number) {
        return START.plusSeconds(number);
    }
}
