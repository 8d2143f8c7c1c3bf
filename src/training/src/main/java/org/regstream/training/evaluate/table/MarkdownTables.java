package org.regstream.training.evaluate.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.regstream.core.uncertainty.Auroc;
import org.regstream.core.uncertainty.Rate;
import org.regstream.training.evaluate.row.Paper;
import org.regstream.training.evaluate.row.UncertaintyKind;

/** A comparison for people: {@code results.md}, in the papers' column order, mean ± sd over the cases. */
public record MarkdownTables(Comparison comparison) {

    /** A column. @param cell of a row that was filled */
    private record Column(String heading, Function<RowResult, String> cell) {}

    public String text() {
        StringBuilder text = new StringBuilder("# Rows of both papers, measured\n\n");
        text.append(comparison.terms().sentence()).append("; ").append(comparison.machine())
                .append(".\nMean ± standard deviation over the cases. ").append(labelsNote()).append("\n");
        section(text, Paper.P1.title(), withoutOwn(Paper.P1), p1());
        section(text, Paper.P2.title(), withoutOwn(Paper.P2), p2());
        gridSearch().ifPresent(note -> text.append("\n").append(note).append("\n"));
        section(text, "Overlap and field (Learn2Reg's figures)", comparison.rows(), field());
        uncertainty(text);
        return text.toString();
    }

    private String labelsNote() {
        switch (comparison.terms().protocol()) {
            case ATLAS :
                return "Labels after the refiner, where a row has one.";
            default :
                return "No refiner: warped labels.";
        }
    }

    /** The paper's rows, then ours beside them. */
    private List<RowResult> withoutOwn(Paper paper) {
        List<RowResult> rows = new ArrayList<>(comparison.of(paper));
        rows.addAll(comparison.of(Paper.OWN));
        return rows;
    }

    private static List<Column> p1() {
        return List.of(new Column("#Trn", r -> r.cost().trainings() + "x"), mean("MSE", Figure.MSE, 1, 4),
                mean("MI", Figure.MI, 1, 2), mean("NLCC %", Figure.NLCC, 100, 2), mean("Dice %", Figure.DICE, 100, 2),
                mean("Dice %, background too", Figure.DICE_ALL, 100, 2),
                ause("AUSE ERR", MapFigures::auseErr, 5), ause("AUSE MR", MapFigures::auseMr, 4),
                ause("AUSE FDR", MapFigures::auseFdr, 4),
                new Column("by", r -> r.paperMap().map(UncertaintyKind::title).orElse("–")), cases(), epochs(),
                minutes());
    }

    private List<Column> p2() {
        List<Column> columns = new ArrayList<>();
        List<String> structures = comparison.terms().structures();
        for (int s = 0; s < structures.size(); s++) {
            int at = s;
            columns.add(new Column("Dice % " + structures.get(s),
                    r -> cell(r.statistic(c -> c.dice().get(at)), 100, 2)));
        }
        for (int s = 0; s < structures.size(); s++) {
            int at = s;
            columns.add(new Column("ASD mm " + structures.get(s), r -> cell(r.statistic(c -> c.asd().get(at)), 1, 2)));
        }
        columns.add(new Column("folding %", r -> number(100 * r.statistic(CaseResult::folding).mean(), 4)));
        columns.add(new Column("sd det", r -> number(r.statistic(CaseResult::sdDeterminant).mean(), 3)));
        columns.addAll(List.of(mean("Dice %", Figure.DICE, 100, 2), mean("ASD mm", Figure.ASD, 1, 2), cases(), epochs(),
                minutes()));
        return columns;
    }

    private static List<Column> field() {
        return List.of(mean("Dice", Figure.DICE, 1, 4), mean("Dice, background too", Figure.DICE_ALL, 1, 4),
                mean("HD95 mm", Figure.HD95, 1, 2), mean("ASD mm", Figure.ASD, 1, 2),
                mean("SDlogJ", Figure.SD_LOG_J, 1, 4), mean("folding %", Figure.FOLDING, 100, 4),
                mean("sd det", Figure.SD_DETERMINANT, 1, 3), mean("ECE", Figure.ECE, 1, 4),
                mean("Brier", Figure.BRIER, 1, 4), mean("s a pair", Figure.SECONDS, 1, 2), cases());
    }

    private static Column cases() {
        return new Column("cases", r -> Integer.toString(r.cases().size()));
    }

    private static Column epochs() {
        return new Column("epochs", r -> r.cost().trainings() == 0 ? "–" : Integer.toString(r.cost().epochs()));
    }

    private static Column minutes() {
        return new Column("training min", r -> r.cost().trainings() == 0 ? "–" : number(r.cost().minutes(), 1));
    }

    private static Column mean(String heading, Figure figure, double scale, int digits) {
        return new Column(heading, r -> cell(r.statistic(figure::of), scale, digits));
    }

    private static Column ause(String heading, ToDoubleFunction<MapFigures> figure, int digits) {
        return new Column(heading, r -> r.paperMap().map(kind -> number(r.statistic(kind, figure).mean(), digits))
                .orElse("–"));
    }

    private static void section(StringBuilder text, String title, List<RowResult> rows, List<Column> columns) {
        text.append("\n## ").append(title).append("\n\n| Method |");
        columns.forEach(c -> text.append(' ').append(c.heading).append(" |"));
        text.append("\n|---|").append("---:|".repeat(columns.size())).append('\n');
        for (RowResult row : rows) {
            text.append("| ").append(row.label()).append(" |");
            if (row.isFilled()) {
                columns.forEach(c -> text.append(' ').append(c.cell.apply(row)).append(" |"));
            } else {
                text.append(' ').append(row.failure().replace('|', '/').replaceAll("\\s+", " ")).append(" |")
                        .append(" |".repeat(columns.size() - 1));
            }
            text.append('\n');
        }
    }

    /** P2's claim: what the search for the best fixed weight costs, against one adaptive training. */
    private Optional<String> gridSearch() {
        List<RowResult> grid = comparison.filled().stream().filter(r -> r.name().matches("vm-\\d")).toList();
        Optional<RowResult> adaptive = comparison.row("as+atc");
        if (grid.isEmpty() || adaptive.isEmpty()) {
            return Optional.empty();
        }
        double minutes = grid.stream().mapToDouble(r -> r.cost().minutes()).sum();
        return Optional.of(String.format(Locale.ROOT,
                "Grid of %d weights: %.1f min of training; %s: %.1f min, %.1f x less.", grid.size(), minutes,
                adaptive.get().label(), adaptive.get().cost().minutes(),
                minutes / adaptive.get().cost().minutes()));
    }

    private void uncertainty(StringBuilder text) {
        text.append(
                "\n## Uncertainty, map by map\n\nAUROC: whether the mean of the map inside a structure tells that its "
                        + "Dice is below 0.7, with its 95 % interval; sensitivity: share of those structures that an alert finds "
                        + "at a false-alert rate of at most 10 %. – : no structure below 0.7, or none above.\n\n"
                        + "| Method | map | AUSE ERR | AUSE MR | AUSE FDR | Pearson r | AUROC | sensitivity |\n"
                        + "|---|---|---:|---:|---:|---:|---:|---:|\n");
        for (RowResult row : comparison.filled()) {
            for (UncertaintyKind kind : row.kinds()) {
                text.append(String.join(" | ", "| " + row.label(), kind.title(),
                        cell(row.statistic(kind, MapFigures::auseErr), 1, 5),
                        cell(row.statistic(kind, MapFigures::auseMr), 1, 4),
                        cell(row.statistic(kind, MapFigures::auseFdr), 1, 4),
                        cell(row.statistic(kind, MapFigures::correlation), 1, 3), cell(row.auroc(kind)),
                        cell(row.sensitivity(kind)))).append(" |\n");
            }
        }
    }

    private static String cell(Statistic s, double scale, int digits) {
        return s.cases() == 0 ? "–" : number(scale * s.mean(), digits) + " ± " + number(scale * s.sd(), digits);
    }

    private static String cell(Auroc a) {
        return Double.isNaN(a.value())
                ? "–"
                : String.format(Locale.ROOT, "%.2f [%.2f, %.2f] (%d of %d)", a.value(), a.low(), a.high(), a.bad(),
                        a.bad() + a.good());
    }

    private static String cell(Rate r) {
        return Double.isNaN(r.value())
                ? "–"
                : String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", r.value(), r.low(), r.high());
    }

    private static String number(double value, int digits) {
        return Double.isNaN(value)
                ? "–"
                : Double.isInfinite(value) ? "∞" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
