package org.regstream.training.calibrate;

import java.util.Locale;
import java.util.Map;
import org.regstream.core.uncertainty.Rate;

/** A calibration for people: Markdown tables, printed and put on the package's card. */
final class CalibrationText {

    private CalibrationText() {}

    static String of(CalibrationResult r) {
        StringBuilder text = new StringBuilder();
        line(text,
                "%d patients, %d pairs, each as it should be and spoiled by %d failures (seed %d). Bad is a Dice below"
                        + " %.1f. The alert's limit is fitted for a sensitivity of %.2f at the fewest false alerts; rates and areas"
                        + " are of patients held out of fitting (%d folds), intervals of 95 %%; those of"
                        + " rates take cases as independent, those of areas take a patient's cases as alike.",
                r.patients(), r.pairs(), r.each(), r.seed(),
                Detection.BAD_BELOW_DICE, Detection.WANTED_SENSITIVITY, CalibrationResult.FOLDS);
        line(text, "");
        line(text, "| structure | cases | bad | area under ROC | sensitivity | false alerts |"
                + " sensitivity at %.0f %% false alerts | best single feature | limit |",
                100 * Detection.FIXED_FALSE_ALERT_RATE);
        line(text, "|---|---|---|---|---|---|---|---|---|");
        r.structures().forEach(s -> line(text, "| %s | %d | %d | %.3f (%.3f to %.3f) | %s | %s | %s | %s | %.3f |",
                s.structure(), s.cases(), s.bad(), s.auroc().value(), s.auroc().low(), s.auroc().high(),
                rate(s.sensitivity()), rate(s.falseAlerts()), rate(s.sensitivityAtFixedRate()), bestFeature(s),
                s.minPredictedDice()));
        line(text, "");
        line(text, "| failure | cases | bad | structure lost | mean Dice | sensitivity | false alerts |");
        line(text, "|---|---|---|---|---|---|---|");
        r.kinds()
                .forEach(k -> line(text, "| %s | %d | %d | %d | %.3f | %s | %s |", k.kind(), k.cases(), k.bad(),
                        k.lost(),
                        k.meanDice(), rate(k.sensitivity()), rate(k.falseAlerts())));
        return text.toString();
    }

    private static String bestFeature(StructureCalibration s) {
        return s.singleFeatures().entrySet().stream().max(Map.Entry.comparingByValue())
                .map(best -> String.format(Locale.ROOT, "%s %.3f", best.getKey(), best.getValue())).orElseThrow();
    }

    private static String rate(Rate r) {
        return r.trials() == 0
                ? "–"
                : String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", r.value(), r.low(), r.high());
    }

    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
