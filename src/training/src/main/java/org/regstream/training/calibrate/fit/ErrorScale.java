package org.regstream.training.calibrate.fit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.regstream.training.calibrate.cases.People;
import org.regstream.training.calibrate.cases.ScaleScores;

/**
 * One factor on the networks' expected errors that makes soft labels near the structures mean what they say: the one under which the
 * true labels are most likely.
 *
 * @param value the factor
 * @param ece   expected calibration error near the structures, mean of clean cases of patients held out, by people
 * @param raw   the same without the factor
 */
public record ErrorScale(double value, Map<People, Double> ece, Map<People, Double> raw) {

    public ErrorScale {
        ece = Map.copyOf(ece);
        raw = Map.copyOf(raw);
    }

    /** @param scores of clean cases, at least one */
    public static ErrorScale of(Collection<ScaleScores> scores) {
        Map<People, List<Double>> ece = new EnumMap<>(People.class);
        Map<People, List<Double>> raw = new EnumMap<>(People.class);
        int one = ScaleScores.SCALES.indexOf(1.0);
        Folds.each(scores, ScaleScores::patient, (fitted, held) -> {
            int best = best(fitted.isEmpty() ? held : fitted);
            held.forEach(s -> {
                ece.computeIfAbsent(s.people(), p -> new ArrayList<>()).add(s.ece().get(best));
                raw.computeIfAbsent(s.people(), p -> new ArrayList<>()).add(s.ece().get(one));
            });
        });
        return new ErrorScale(ScaleScores.SCALES.get(best(scores)), means(ece), means(raw));
    }

    private static int best(Collection<ScaleScores> scores) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int n = 0; n < ScaleScores.SCALES.size(); n++) {
            int at = n;
            double nll = scores.stream().mapToDouble(s -> s.nll().get(at)).average().orElseThrow();
            if (nll < least) {
                least = nll;
                best = n;
            }
        }
        return best;
    }

    private static Map<People, Double> means(Map<People, List<Double>> values) {
        Map<People, Double> means = new EnumMap<>(People.class);
        values.forEach((people, all) -> means.put(people,
                all.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
        return means;
    }
}
