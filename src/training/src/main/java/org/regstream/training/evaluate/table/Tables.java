package org.regstream.training.evaluate.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.regstream.training.evaluate.Protocol;
import org.regstream.training.evaluate.row.Paper;
import org.regstream.training.evaluate.row.UncertaintyKind;

/** A comparison as tables, in the papers' column order; mean ± sd over the cases. */
public record Tables(Comparison comparison) {

    private static final String PUBLISHED_P1 = "The paper's own figures, on 52 other images with another budget, not to be"
            + " expected here: VoxelMorph NLCC 78.92, Dice 91.20, AUSE ERR 0.0077; Ours 86.89, 93.73, 0.0002; Ours+Snap"
            + " 87.86, 95.12, 0.0003.";
    private static final String PUBLISHED_P2 = "The paper's own figures, on private abdominal CT-MR images: VM (λ = 3) 85.36"
            + " liver Dice; AS+ATC 87.01 with less than 0.0005 % folding, 4.2 x less training than the grid.";
    private static final String ALERTS = "AUROC: whether the mean of the map inside a structure tells that its Dice is"
            + " below 0.7, with its 95 % interval; sensitivity: share of those structures that an alert finds at a"
            + " false-alert rate of at most 10 %. " + Cells.NONE + ": no structure below 0.7, or none above.";

    /** @param cell of a row that was filled */
    private record Column(String heading, Function<RowResult, String> cell) {}

    public List<Table> all() {
        String grid = gridSearch().map(note -> " " + note).orElse("");
        return List.of(table(Paper.P1.title(), PUBLISHED_P1, withOwn(Paper.P1), p1()),
                table(Paper.P2.title(), PUBLISHED_P2 + grid, withOwn(Paper.P2), p2()),
                table("Overlap and field (Learn2Reg's figures)", "", comparison.rows(), field()), uncertainty());
    }

    /** Under which terms, where, and which labels count. */
    public String caption() {
        return comparison.terms().sentence() + "; " + comparison.machine()
                + ". Mean ± standard deviation over the cases. "
                + (comparison.terms().protocol() == Protocol.ATLAS
                        ? "Labels after the refiner, where a row has one."
                        : "Warped labels, without any refiner.");
    }

    /** The paper's rows, then those that no paper has. */
    private List<RowResult> withOwn(Paper paper) {
        List<RowResult> rows = new ArrayList<>(comparison.of(paper));
        rows.addAll(comparison.of(Paper.OWN));
        return rows;
    }

    private static List<Column> p1() {
        return List.of(new Column("#Trn", r -> r.cost().trainings() + "x"), mean("MSE", Figure.MSE, 1, 4),
                mean("MI", Figure.MI, 1, 2), mean("NLCC %", Figure.NLCC, 100, 2), mean("Dice %", Figure.DICE, 100, 2),
                mean("Dice %, background too", Figure.DICE_ALL, 100, 2), ause("AUSE ERR", MapFigures::auseErr, 5),
                ause("AUSE MR", MapFigures::auseMr, 4), ause("AUSE FDR", MapFigures::auseFdr, 4),
                new Column("by", r -> r.paperMap().map(UncertaintyKind::title).orElse(Cells.NONE)), cases(), epochs(),
                minutes());
    }

    private List<Column> p2() {
        List<Column> columns = new ArrayList<>();
        List<String> structures = comparison.terms().structures();
        for (int s = 0; s < structures.size(); s++) {
            int at = s;
            columns.add(new Column("Dice % " + structures.get(s),
                    r -> Cells.of(r.statistic(c -> c.dice().get(at)), 100, 2)));
        }
        for (int s = 0; s < structures.size(); s++) {
            int at = s;
            columns.add(
                    new Column("ASD mm " + structures.get(s), r -> Cells.of(r.statistic(c -> c.asd().get(at)), 1, 2)));
        }
        columns.addAll(List.of(mean("folding %", Figure.FOLDING, 100, 4), mean("sd det", Figure.SD_DETERMINANT, 1, 3),
                mean("Dice %", Figure.DICE, 100, 2), mean("ASD mm", Figure.ASD, 1, 2), cases(), epochs(), minutes()));
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
        return new Column("epochs", r -> r.cost().trainings() == 0 ? Cells.NONE : Integer.toString(r.cost().epochs()));
    }

    private static Column minutes() {
        return new Column("training min",
                r -> r.cost().trainings() == 0 ? Cells.NONE : Cells.number(r.cost().minutes(), 1));
    }

    private static Column mean(String heading, Figure figure, double scale, int digits) {
        return new Column(heading, r -> Cells.of(r.statistic(figure::of), scale, digits));
    }

    private static Column ause(String heading, ToDoubleFunction<MapFigures> figure, int digits) {
        return new Column(heading, r -> r.paperMap()
                .map(kind -> Cells.number(r.statistic(kind, figure).mean(), digits)).orElse(Cells.NONE));
    }

    private static Table table(String title, String note, List<RowResult> rows, List<Column> columns) {
        List<String> headings = new ArrayList<>(List.of("Method"));
        columns.forEach(c -> headings.add(c.heading));
        return new Table(title, note, headings, rows.stream().map(r -> cells(r, columns)).toList());
    }

    private static List<String> cells(RowResult row, List<Column> columns) {
        List<String> cells = new ArrayList<>(List.of(row.label()));
        if (row.isFilled()) {
            columns.forEach(c -> cells.add(c.cell.apply(row)));
        } else {
            cells.add(row.failure());
            cells.addAll(Collections.nCopies(columns.size() - 1, ""));
        }
        return cells;
    }

    /** P2's claim: what the search for the best fixed weight costs, against one adaptive training. */
    private Optional<String> gridSearch() {
        List<RowResult> grid = comparison.filled().stream().filter(r -> r.name().matches("vm-\\d")).toList();
        Optional<RowResult> adaptive = comparison.row("as+atc");
        if (grid.size() < 2 || adaptive.isEmpty()) {
            return Optional.empty();
        }
        double minutes = grid.stream().mapToDouble(r -> r.cost().minutes()).sum();
        return Optional.of(String.format(Locale.ROOT,
                "Here: grid of %d weights %.1f min of training; %s %.1f min, %.1f x less.", grid.size(), minutes,
                adaptive.get().label(), adaptive.get().cost().minutes(), minutes / adaptive.get().cost().minutes()));
    }

    private Table uncertainty() {
        List<List<String>> rows = new ArrayList<>();
        for (RowResult row : comparison.filled()) {
            for (UncertaintyKind kind : row.kinds()) {
                rows.add(List.of(row.label(), kind.title(), Cells.of(row.statistic(kind, MapFigures::auseErr), 1, 5),
                        Cells.of(row.statistic(kind, MapFigures::auseMr), 1, 4),
                        Cells.of(row.statistic(kind, MapFigures::auseFdr), 1, 4),
                        Cells.of(row.statistic(kind, MapFigures::correlation), 1, 3), Cells.of(row.auroc(kind)),
                        Cells.of(row.sensitivity(kind))));
            }
        }
        return new Table("Uncertainty, map by map", ALERTS,
                List.of("Method", "map", "AUSE ERR", "AUSE MR", "AUSE FDR", "Pearson r", "AUROC", "sensitivity"), rows);
    }
}
