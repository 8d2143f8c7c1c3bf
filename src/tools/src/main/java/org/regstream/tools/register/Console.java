package org.regstream.tools.register;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.regstream.wire.ResultFiguresDocument.OfVerdict;

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

    /** What whoever gave the image should know. */
    void notices(MedicalImage image) {
        image.notices().forEach(notice -> notice(image.name() + ": " + notice));
    }

    void notice(String text) {
        line("NOTE %s", text);
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
        line("  %s", report.placement().pose().inWords());
        line("  labels %s along the field: %s", report.labelSource(), candidates(report));
        line("  NLCC %.3f -> %.3f, folding %.3f %%, SDlogJ %.3f", f.nlccBefore(), f.nlccAfter(),
                100 * f.foldingFraction(), f.sdLogJacobian());
        if (f.diceBefore() != null && f.diceAfter() != null) {
            line("  mean foreground Dice %.3f -> %.3f", f.diceBefore(), f.diceAfter());
        }
        report.structures().forEach(this::structure);
        report.warnings().forEach(
                w -> line("  WARNING %s: %s; do not trust these labels unseen", w.of(), w.figure() + valueAndLimit(w)));
    }

    private static String valueAndLimit(RegistrationReport.Warning w) {
        return w.limit() == null
                ? ""
                : String.format(Locale.ROOT, " %.4g%s, limit %.4g", Objects.requireNonNullElse(w.value(), Double.NaN),
                        w.unit().equals("1") ? "" : " " + w.unit(), w.limit());
    }

    private void structure(RegistrationReport.OfStructure s) {
        line("  %s: %.0f mm³ (reference %.0f mm³)%s%s", s.structure().name(), s.volumeMm3(), s.referenceMm3(),
                s.expectedErrorMm() == null
                        ? ""
                        : String.format(Locale.ROOT, ", expected error %.2f mm", s.expectedErrorMm()),
                s.verdict() == null ? "" : ", " + verdict(s.verdict()));
    }

    private static String verdict(OfVerdict v) {
        return v.notJudged() == null
                ? String.format(Locale.ROOT, "predicted Dice %.3f (90 %%: %.2f to %.2f)", v.predictedDice(), v.low90(),
                        v.high90())
                : "not judged: " + v.notJudged().feature() + " is outside of what calibration saw";
    }

    /** @return which was chosen, and what each scored */
    private static String candidates(RegistrationReport report) {
        return report.field() + " (" + report.candidates().entrySet().stream()
                .map(c -> String.format(Locale.ROOT, "%s %.3f", c.getKey(), c.getValue().total()))
                .collect(Collectors.joining(", ")) + ")";
    }
}
