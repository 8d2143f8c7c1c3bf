package org.regstream.service.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** What the offline commands say: results to {@code out}, failures to {@code err}, each line at once. */
record Console(PrintWriter out, PrintWriter err) {

    void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }

    /** The message alone: it says what to do. */
    void failure(RuntimeException e) {
        err.println("regstream register: " + e.getMessage());
        err.flush();
    }

    void report(RegistrationReport report) {
        line("%s <- %s: %s", report.images().fixed(), report.images().moving(), report.status());
        if (report.isRegistered()) {
            figures(report);
        } else {
            line("  %s: %s", report.rejection().reason(), report.rejection().explanation());
        }
    }

    private void figures(RegistrationReport report) {
        RegistrationReport.Figures f = report.figures();
        if (report.fit() != null) {
            fit(report.fit());
        }
        line("  NLCC %.3f -> %.3f, folding %.3f %%, SDlogJ %.3f", f.nlccBefore(), f.nlccAfter(),
                100 * f.foldingFraction(), f.sdLogJacobian());
        if (f.diceBefore() != null && f.diceAfter() != null) {
            line("  mean foreground Dice %.3f -> %.3f", f.diceBefore(), f.diceAfter());
        }
        report.structures().forEach(this::structure);
        report.warnings()
                .forEach(w -> line("  WARNING %s: %s %.4g%s, limit %.4g; do not trust these labels unseen", w.of(),
                        w.figure(), w.value(), w.unit().equals("1") ? "" : " " + w.unit(), w.limit()));
    }

    private void structure(RegistrationReport.OfStructure s) {
        line("  %s: %.0f mm³ (reference %.0f mm³), mean entropy %.3f nats%s", s.structure().name(), s.volumeMm3(),
                s.referenceMm3(), s.meanEntropyNats(), s.predictedDice() == null
                        ? ""
                        : String.format(Locale.ROOT, ", predicted Dice %.3f", s.predictedDice()));
    }

    private void fit(RegistrationReport.PairFit fit) {
        line("  fitted to the pair from %s by %s: objective %.4f -> %.4f, %s", fit.start(), fit.similarity(),
                fit.before().objective(), fit.after().objective(),
                fit.kept() ? "kept" : "no better, so the start was kept");
    }
}
