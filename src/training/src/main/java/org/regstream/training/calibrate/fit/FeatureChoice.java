package org.regstream.training.calibrate.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regstream.training.calibrate.cases.StructureCase;

/**
 * Chooses few features: the one that predicts patients held out best, then, as long as that error falls by {@value #LEAST_GAIN} of
 * itself, the one that helps most beside those chosen.
 */
final class FeatureChoice {

    /** Less is not worth a feature. */
    private static final double LEAST_GAIN = 0.02;

    private static final int MOST = 5;

    private FeatureChoice() {}

    /**
     * @param cases   none of them lost
     * @param allowed names to choose from; every case has them
     * @return at least one
     */
    static List<String> of(List<StructureCase> cases, List<String> allowed) {
        List<String> chosen = List.of();
        double error = Double.POSITIVE_INFINITY;
        while (chosen.size() < MOST) {
            Optional<Scored> best = best(cases, chosen, allowed);
            if (best.isEmpty() || best.get().error() > (1 - LEAST_GAIN) * error) {
                break;
            }
            chosen = best.get().names();
            error = best.get().error();
        }
        return chosen;
    }

    private record Scored(List<String> names, double error) {}

    private static Optional<Scored> best(List<StructureCase> cases, List<String> chosen, List<String> allowed) {
        return allowed.parallelStream().filter(name -> !chosen.contains(name)).map(name -> {
            List<String> names = new ArrayList<>(chosen);
            names.add(name);
            return new Scored(names, error(cases, names));
        }).reduce((a, b) -> b.error() < a.error() ? b : a);
    }

    /** Mean squared error of the Dice of patients held out. */
    static double error(List<StructureCase> cases, List<String> names) {
        double[] sum = {0, 0};
        Folds.each(cases, StructureCase::patient, (fitted, held) -> {
            Linear linear = DiceFit.fit(fitted, names);
            double[] counts = DiceFit.counts(held);
            for (int n = 0; n < counts.length; n++) {
                StructureCase c = held.get(n);
                double off = c.dice() - Linear.logistic(linear.at(c.features().orElseThrow().byName()));
                sum[0] += counts[n] * off * off;
                sum[1] += counts[n];
            }
        });
        return sum[0] / sum[1];
    }
}
