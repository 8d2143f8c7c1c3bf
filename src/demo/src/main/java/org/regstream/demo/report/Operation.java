package org.regstream.demo.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.regstream.core.alert.AlertPriority;

/**
 * What happened to one procedure.
 *
 * @param id      of the procedure
 * @param modelId package that made the results
 * @param results in the order in which their volumes were acquired; of one volume the first look before the check
 * @param alerts  in the order in which they began
 */
record Operation(String id, String modelId, List<Result> results, List<AlertStory> alerts) {

    Operation {
        results = List.copyOf(results);
        alerts = List.copyOf(alerts);
    }

    /** One event of a volume. */
    sealed interface Result {

        /** @return when the volume was acquired */
        Instant acquired();
    }

    /**
     * Labels came out.
     *
     * @param eventId       names the event, and the object in it
     * @param isChecked     whether the ensemble has looked
     * @param latency       from the last slice until labels were published
     * @param field         which field carried them
     * @param pose          how the images lay, in words; empty if nobody says
     * @param predictedDice structure to the Dice to expect; those that nobody judges are left out
     */
    record Labelled(String eventId, String volumeId, boolean isChecked, Instant acquired, Duration latency,
            String field,
            String pose, Map<String, Double> predictedDice) implements Result {

        Labelled {
            predictedDice = new TreeMap<>(predictedDice);
        }

        OptionalDouble worstDice() {
            return predictedDice.values().stream().mapToDouble(Double::doubleValue).min();
        }
    }

    /** There was no valid registration. @param reason for the operator */
    record None(Instant acquired, String code, String reason) implements Result {}

    /**
     * One alert from its beginning to its end.
     *
     * @param priority   the highest it had
     * @param sentence   what it said last before it was over
     * @param until      when its condition was over; empty if it was open at the end
     * @param takenNote  who acknowledged it, and when
     */
    record AlertStory(String alertId, String code, Optional<String> structure, AlertPriority priority, String sentence,
            Instant since, Optional<Instant> until, List<Note> takenNote) {

        AlertStory {
            takenNote = List.copyOf(takenNote);
        }
    }

    /** Somebody took note of an alert. */
    record Note(String by, Instant at) {}

    List<Labelled> labelled(boolean isChecked) {
        return results.stream().filter(Labelled.class::isInstance).map(Labelled.class::cast)
                .filter(result -> result.isChecked() == isChecked).toList();
    }

    List<None> none() {
        return results.stream().filter(None.class::isInstance).map(None.class::cast).toList();
    }

    /** @return the checked result with the smallest predicted Dice; empty if none has one */
    Optional<Labelled> worst() {
        return labelled(true).stream().filter(result -> result.worstDice().isPresent())
                .min(Comparator.comparingDouble(result -> result.worstDice().getAsDouble()));
    }

    /** @return of the last volume that has labels, the checked ones where they came */
    Optional<Labelled> last() {
        return results.stream().filter(Labelled.class::isInstance).map(Labelled.class::cast)
                .max(Comparator.comparing(Labelled::acquired).thenComparing(Labelled::isChecked));
    }
}
