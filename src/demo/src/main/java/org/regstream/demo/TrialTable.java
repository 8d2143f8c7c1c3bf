package org.regstream.demo;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What the newcomer sees: one line a volume, then what the run says in all. */
final class TrialTable {

    private final PrintWriter out;
    private final boolean isQuiet;

    /** @param isQuiet prints the summary alone */
    TrialTable(PrintWriter out, boolean isQuiet) {
        this.out = out;
        this.isQuiet = isQuiet;
    }

    /** @param hasEnsemble whether lines of the ensemble follow */
    void head(boolean hasEnsemble) {
        if (!isQuiet) {
            if (hasEnsemble) {
                out.printf("%na + marks the ensemble's second look at a volume: Dice measured (predicted)");
            }
            out.printf("%n%6s %12s %12s %12s %12s %12s   %s%n", "volume", "labels after", "queue", "network", "fit",
                    "own share",
                    "Dice before > after, alerts");
            out.flush();
        }
    }

    /** Between the volumes: what the demo does on purpose. */
    void say(String what) {
        if (!isQuiet) {
            out.printf("%n       %s%n%n", what);
            out.flush();
        }
    }

    void row(VolumeScore score, List<String> alerts) {
        if (!isQuiet) {
            out.printf(Locale.ROOT, "%6s %9.1f ms %9.1f ms %9.1f ms %9.1f ms %12s   %s%s%n",
                    score.isStudents() ? score.number() : score.number() + "+", score.totalMillis(),
                    score.queueMillis(), score.modelMillis(), score.fieldMillis(),
                    score.isStudents() ? millis(score.ownMillis()) : "",
                    score.overlap().map(o -> overlaps(score, o)).orElse("-"),
                    alerts.isEmpty() ? "" : "   ! " + String.join(", ", alerts));
            out.flush();
        }
    }

    /** @param alerts that came after the last volume */
    void late(List<String> alerts) {
        if (!isQuiet && !alerts.isEmpty()) {
            out.printf("%n       ! %s%n", String.join(", ", alerts));
            out.flush();
        }
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.1f ms", value);
    }

    void summary(TrialSummary summary) {
        out.printf(Locale.ROOT, "%n%d volumes registered%s; times of the last %d (the first %d warm up)%n",
                summary.volumes(), summary.overtaken() > 0 ? ", " + summary.overtaken() + " overtaken" : "",
                summary.totalMillis().count(), summary.warmUp());
        out.printf("  last slice in to labels out  %s%n", summary.totalMillis());
        out.printf("  waiting for the network      %s%n", summary.queueMillis());
        out.printf("  the network alone            %s%n", summary.modelMillis());
        out.printf("  fit and choice of the field  %s%n", summary.fieldMillis());
        out.printf("  the service's own share      %s%n", summary.ownMillis());
        summary.dice().forEach((structure, dice) -> out.printf(Locale.ROOT,
                "  %-27s  mean Dice %.3f unregistered, %.3f registered%n", structure, dice.unregistered(),
                dice.registered()));
        summary.ensemble().ifPresent(this::summary);
        summary.pictures().ifPresent(this::summary);
        out.flush();
    }

    private void summary(TrialSummary.Pictures pictures) {
        out.printf(Locale.ROOT, "  last slice in to picture on the page, %d pictures%n",
                pictures.totalMillis().count());
        out.printf("                               %s%n", pictures.totalMillis());
        out.printf("  ... the network alone        %s%n", pictures.modelMillis());
        out.printf("  ... the difference           %s%n", pictures.ownMillis());
    }

    private void summary(TrialSummary.Ensemble ensemble) {
        out.printf("  last slice in to ensemble    %s%n", ensemble.totalMillis());
        out.printf("  the ensemble alone           %s%n", ensemble.modelMillis());
        ensemble.dice().forEach((structure, dice) -> out.printf(Locale.ROOT,
                "  %-27s  mean Dice %.3f by the ensemble%s%n",
                structure, dice.measured(),
                dice.predicted() == null ? "" : String.format(Locale.ROOT, ", %.3f predicted", dice.predicted())));
    }

    private static String overlaps(VolumeScore score, List<VolumeScore.Overlap> overlaps) {
        return overlaps.stream().map(o -> score.isStudents() ? overlap(o) : overlap(o, score.predictedDice()))
                .collect(Collectors.joining(", "));
    }

    private static String overlap(VolumeScore.Overlap o) {
        return String.format(Locale.ROOT, "%s %.2f > %.2f", o.structure(), o.unregistered(), o.registered());
    }

    private static String overlap(VolumeScore.Overlap o, Map<String, Double> predicted) {
        return String.format(Locale.ROOT, "%s %.2f%s", o.structure(), o.registered(),
                predicted.containsKey(o.structure())
                        ? String.format(Locale.ROOT, " (%.2f)", predicted.get(o.structure()))
                        : "");
    }
}
