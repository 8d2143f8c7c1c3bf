package org.regstream.training.evaluate.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.regstream.core.uncertainty.Auroc;
import org.regstream.core.uncertainty.Rate;
import org.regstream.training.evaluate.row.Cost;
import org.regstream.training.evaluate.row.UncertaintyKind;

/**
 * A comparison for programs: {@code results.csv}, a line a case and row, empty where a row lacks a figure;
 * {@code results.json}, the terms, and each row with its cost, statistics over the cases and all cases. Figures that are not
 * numbers are the strings "NaN" and "Infinity" there.
 */
public record ResultFiles(Comparison comparison) {

    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("results.csv"), csv());
        ComparisonFolder.write(folder.resolve("results.json"), json());
    }

    private String csv() {
        List<String> lines = new ArrayList<>();
        lines.add(String.join(",", header()));
        for (RowResult row : comparison.filled()) {
            for (CaseResult c : row.cases()) {
                lines.add(String.join(",", line(row, c)));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private List<String> header() {
        List<String> names = new ArrayList<>(List.of("row", "paper", "fixed", "moving"));
        for (Figure figure : Figure.values()) {
            names.add(figure.key());
        }
        for (String figure : List.of("dice", "asd_mm", "hd95_mm")) {
            comparison.terms().structures().forEach(s -> names.add(figure + "_" + s.replace(' ', '_')));
        }
        for (UncertaintyKind kind : UncertaintyKind.values()) {
            List.of("ause_err_", "ause_mr_", "ause_fdr_", "pearson_").forEach(f -> names.add(f + kind.key()));
        }
        return names;
    }

    private static List<String> line(RowResult row, CaseResult c) {
        List<String> cells = new ArrayList<>(
                List.of(row.name(), row.paper().name(), quoted(c.fixed()), quoted(c.moving())));
        for (Figure figure : Figure.values()) {
            cells.add(number(figure.of(c)));
        }
        for (List<Double> figures : List.of(c.dice(), c.asd(), c.hd95())) {
            figures.forEach(f -> cells.add(number(f)));
        }
        for (UncertaintyKind kind : UncertaintyKind.values()) {
            cells.addAll(uncertainty(c.maps().get(kind)));
        }
        return cells;
    }

    private static List<String> uncertainty(MapFigures m) {
        return m == null
                ? List.of("", "", "", "")
                : List.of(number(m.auseErr()), number(m.auseMr()), number(m.auseFdr()), number(m.correlation()));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : Double.isInfinite(value) ? "inf" : String.format(Locale.ROOT, "%.7g", value);
    }

    private static String quoted(String name) {
        return name.matches("[\\w.+-]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private record RowJson(String name, String label, String paper, Cost cost, String failure,
            Map<String, Statistic> statistics, Map<String, MapJson> uncertainty, List<CaseResult> cases) {}

    private record MapJson(Statistic auseErr, Statistic auseMr, Statistic auseFdr, Statistic pearson, Auroc auroc,
            Rate sensitivity) {}

    private record ComparisonJson(Terms terms, String machine, double badDice, double falseAlertRate,
            List<RowJson> rows) {}

    private ComparisonJson json() {
        return new ComparisonJson(comparison.terms(), comparison.machine(), RowResult.BAD_DICE,
                RowResult.FALSE_ALERT_RATE, comparison.rows().stream().map(ResultFiles::json).toList());
    }

    private static RowJson json(RowResult row) {
        Map<String, Statistic> statistics = new LinkedHashMap<>();
        for (Figure figure : Figure.values()) {
            statistics.put(figure.key(), row.statistic(figure::of));
        }
        Map<String, MapJson> maps = row.kinds().stream().collect(
                Collectors.toMap(UncertaintyKind::key, kind -> json(row, kind), (a, b) -> a, LinkedHashMap::new));
        return new RowJson(row.name(), row.label(), row.paper().name(), row.cost(), row.failure(), statistics, maps,
                row.cases());
    }

    private static MapJson json(RowResult row, UncertaintyKind kind) {
        return new MapJson(row.statistic(kind, MapFigures::auseErr), row.statistic(kind, MapFigures::auseMr),
                row.statistic(kind, MapFigures::auseFdr), row.statistic(kind, MapFigures::correlation),
                row.auroc(kind), row.sensitivity(kind));
    }
}
