package org.regstream.training.calibrate;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.regstream.core.uncertainty.LabelError;
import org.regstream.core.uncertainty.Rate;
import org.regstream.training.calibrate.cases.MapFigures;
import org.regstream.training.calibrate.cases.People;
import org.regstream.training.calibrate.cases.Side;
import org.regstream.training.calibrate.fit.Fitted;
import org.regstream.training.calibrate.fit.GroupFigures;
import org.regstream.training.calibrate.fit.KindFigures;
import org.regstream.training.calibrate.fit.MapTable;
import org.regstream.training.calibrate.fit.StructureCalibration;

/** A calibration for people: Markdown tables, printed and put on the package's card. */
final class CalibrationText {

    private final StringBuilder text = new StringBuilder();

    private CalibrationText() {}

    static String of(CalibrationResult r) {
        CalibrationText t = new CalibrationText();
        t.introduction(r);
        t.judged(r);
        t.fitted(r);
        t.clean(r);
        t.failures(r);
        t.maps(r);
        return t.text.toString();
    }

    private void introduction(CalibrationResult r) {
        line("%d patients, %d structures of cases: pairs of **one patient**, whose motion and both scans are *simulated*, and of"
                + " **two people**; as they should be, and spoiled on the live or the pre-operative side, %d cases a kind (seed %d)."
                + " Simulated motion is not surgery. Dice is of carried against truly carried labels. *Told* is a structure"
                + " whose predicted Dice lies below its limit, which is not judged, is disputed by the network's own outlines"
                + " or is not found. All figures are of patients held out of fitting (five folds, choice of features included);"
                + " intervals are of 95 %%: those of rates take cases as independent, those of areas a patient's cases as alike.",
                r.patients(), r.structures().stream().mapToInt(s -> s.held().judgements().size()).sum(), r.each(),
                r.seed());
        line("");
    }

    private void judged(CalibrationResult r) {
        line("| structure | pairs | cases | below 0.7 | told below 0.7 | told below 0.8 | silent below 0.6 | told from 0.8 on (false)"
                + " | area under ROC | bias | mean error | 90 %% interval holds | not judged |");
        line("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        r.structures().forEach(this::groups);
        groups(r.generic());
        line("");
    }

    private void groups(StructureCalibration s) {
        for (GroupFigures g : s.groups()) {
            line("| %s | %s | %d | %d | %s | %s | %d | %s | %s | %+.3f | %.3f | %s | %d |", s.structure(), g.group(),
                    g.cases(), g.bad(), rate(g.toldBelow70()), rate(g.toldBelow80()), g.silentBelow60(),
                    rate(g.falselyTold()), Double.isNaN(g.auroc().value())
                            ? "–"
                            : String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", g.auroc().value(), g.auroc().low(),
                                    g.auroc().high()),
                    g.bias(), g.meanError(), rate(g.coverage()), g.notJudged());
        }
    }

    private void fitted(CalibrationResult r) {
        line("| structure | logit of the Dice | limit of predicted Dice | limit of outlines | best single features |");
        line("|---|---|---|---|---|");
        r.structures().forEach(this::fitted);
        fitted(r.generic());
        line("");
    }

    private void fitted(StructureCalibration s) {
        Fitted f = s.fitted();
        String weights = f.predictor().weights().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(w -> String.format(Locale.ROOT, "%+.3g %s", w.getValue(), w.getKey()))
                .collect(Collectors.joining(" "));
        String best = s.singleFeatures().entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(3).map(b -> String.format(Locale.ROOT, "%s %.3f", b.getKey(), b.getValue()))
                .collect(Collectors.joining(", "));
        line("| %s | %.3g %s | %.3f | %s | %s |", s.structure(), f.predictor().intercept(), weights,
                f.minPredictedDice(),
                f.minOutlineDice().isPresent()
                        ? String.format(Locale.ROOT, "%.3f", f.minOutlineDice().getAsDouble())
                        : "–",
                best);
    }

    private void clean(CalibrationResult r) {
        line("| pair as it should be | | cases | mean Dice | told below 0.8 | told from 0.8 on (false) | disputed | bias | interval holds |");
        line("|---|---|---|---|---|---|---|---|---|");
        of(r, true).forEach(k -> line("| %s | %s | %d | %.3f | %s | %s | %s | %+.3f | %s |", k.kind().people().words(),
                k.kind().name(), k.figures().cases(), k.figures().meanDice(), rate(k.figures().toldBelow80()),
                rate(k.figures().falselyTold()), rate(k.disputed()), k.figures().bias(),
                rate(k.figures().coverage())));
        line("");
    }

    private void failures(CalibrationResult r) {
        line("Where an alert is due (*due*), all must be told; elsewhere those that came out badly.");
        line("");
        line("| failure | of | pairs | cases | below 0.7 | mean Dice | told below 0.7 | told below 0.8 | silent below 0.6 | told from 0.8 on (false) | told of all |"
                + " low | disputed | not judged | lost |");
        line("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        of(r, false).forEach(
                k -> line("| %s | %s | %s | %d | %d | %.3f | %s | %s | %d | %s | %s%s | %.2f | %.2f | %d | %d |",
                        k.kind().name(), side(k.kind().side()), k.kind().people().words(), k.figures().cases(),
                        k.figures().bad(), k.figures().meanDice(), rate(k.figures().toldBelow70()),
                        rate(k.figures().toldBelow80()), k.figures().silentBelow60(), rate(k.figures().falselyTold()),
                        k.kind().mustAlert() ? "due: " : "", rate(k.told()), k.isLow().value(), k.disputed().value(),
                        k.figures().notJudged(), k.figures().lost()));
        line("");
    }

    private static List<KindFigures> of(CalibrationResult r, boolean clean) {
        return r.kinds().stream().filter(k -> k.kind().isClean() == clean).toList();
    }

    private static String side(Side side) {
        return switch (side) {
            case NOTHING -> "nothing";
            case LIVE_IMAGE -> "live image";
            case PREOPERATIVE_IMAGE -> "pre-operative image";
            case GIVEN_LABELS -> "given labels";
        };
    }

    private void maps(CalibrationResult r) {
        line("Expected errors are multiplied by %.3g, under which the true labels near the structures (within 3 voxels of a border)"
                + " are most likely. ECE of patients held out, there: %s; without the factor %s.", r.scale().value(),
                eces(r.scale().ece()), eces(r.scale().raw()));
        line("");
        line("| maps of clean cases | %s |", r.maps().stream().map(m -> m.people().words() + ", " + m.cases())
                .collect(Collectors.joining(" | ")));
        line("|---|---|---|");
        row(r, "ECE near the structures", MapFigures.ECE, "%.4f");
        line("| wrong voxels under an entropy of 0.1 nat | %s |",
                r.maps().stream().map(m -> rate(m.confident())).collect(Collectors.joining(" | ")));
        row(r, "displacement error near the structures, voxels", MapFigures.ERROR, "%.3f");
        row(r, "share with an error under b ln 2 (one half is ideal)", MapFigures.UNDER_MEDIAN, "%.3f");
        row(r, "the same, b without the factor", MapFigures.UNDER_RAW_MEDIAN, "%.3f");
        for (String map : List.of("entropy", "expected error", "spread")) {
            for (LabelError error : LabelError.values()) {
                String name = MapFigures.ause(map, error);
                row(r, "AUSE" + name.substring("ause".length()), name, "%.5f");
            }
        }
    }

    private void row(CalibrationResult r, String title, String figure, String format) {
        line("| %s | %s |", title, r.maps().stream().map(m -> cell(m, figure, format))
                .collect(Collectors.joining(" | ")));
    }

    private static String cell(MapTable m, String figure, String format) {
        Double mean = m.means().get(figure);
        return mean == null ? "–" : String.format(Locale.ROOT, format, mean);
    }

    private static String eces(Map<People, Double> ece) {
        return ece.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(e -> String.format(Locale.ROOT, "%s %.4f", e.getKey().words(), e.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String rate(Rate r) {
        return r.trials() == 0
                ? "–"
                : String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", r.value(), r.low(), r.high());
    }

    private void line(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
