package org.regstream.training.export;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.Structure;
import org.regstream.training.evaluate.CaseFigures;
import org.regstream.training.evaluate.Evaluation;

/** Fits alert thresholds on validation pairs: a percentile of each figure. */
final class Thresholds {

    /** So that about one in a hundred registrations like those of the validation images raises the alert. */
    private static final double PERCENTILE = 99;

    /** Keeps limits apart from rounding where a network never folds or is always certain. */
    private static final double SMALLEST = 1e-4;

    private Thresholds() {}

    static AlertThresholds fit(Evaluation validation, List<Structure> structures, String version) {
        Map<String, Double> entropy = new TreeMap<>();
        for (Structure s : structures) {
            entropy.put(s.name(), limit(validation, c -> c.entropy().get(s.label() - 1)));
        }
        return new AlertThresholds(version, limit(validation, CaseFigures::folding), entropy,
                String.format(Locale.ROOT, "%.0fth percentile of %d validation pairs (%s protocol)", PERCENTILE,
                        validation.cases().size(), validation.protocol().name().toLowerCase(Locale.ROOT)));
    }

    private static double limit(Evaluation validation, ToDoubleFunction<CaseFigures> figure) {
        return Math.max(SMALLEST, validation.percentile(figure, PERCENTILE));
    }
}
