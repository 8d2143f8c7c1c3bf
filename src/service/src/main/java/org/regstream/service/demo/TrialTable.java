package org.regstream.service.demo;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
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

    void head() {
        if (!isQuiet) {
            out.printf("%n%6s %12s %12s %12s   %s%n", "volume", "labels after", "network", "own share",
                    "Dice before > after, alerts");
            out.flush();
        }
    }

    void row(VolumeScore score, List<String> alerts) {
        if (!isQuiet) {
            out.printf(Locale.ROOT, "%6d %9.1f ms %9.1f ms %9.1f ms   %s%s%n", score.number(), score.totalMillis(),
                    score.modelMillis(), score.ownMillis(), score.overlap().map(TrialTable::overlaps).orElse("-"),
                    alerts.isEmpty() ? "" : "   ! " + String.join(", ", alerts));
            out.flush();
        }
    }

    void summary(TrialSummary summary) {
        out.printf(Locale.ROOT, "%n%d volumes registered%s; times of the last %d (the first %d warm up)%n",
                summary.volumes(), summary.overtaken() > 0 ? ", " + summary.overtaken() + " overtaken" : "",
                summary.totalMillis().count(), summary.warmUp());
        out.printf("  last slice in to labels out  %s%n", summary.totalMillis());
        out.printf("  the network alone            %s%n", summary.modelMillis());
        out.printf("  the service's own share      %s%n", summary.ownMillis());
        summary.dice().forEach((structure, dice) -> out.printf(Locale.ROOT,
                "  %-27s  mean Dice %.3f unregistered, %.3f registered%n", structure, dice.unregistered(),
                dice.registered()));
        out.flush();
    }

    private static String overlaps(List<VolumeScore.Overlap> overlaps) {
        return overlaps.stream().map(o -> String.format(Locale.ROOT, "%s %.2f > %.2f", o.structure(),
                o.unregistered(), o.registered())).collect(Collectors.joining(", "));
    }
}
