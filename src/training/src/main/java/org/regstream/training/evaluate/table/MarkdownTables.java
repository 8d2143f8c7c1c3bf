package org.regstream.training.evaluate.table;

import java.util.List;

/** A comparison for people: {@code results.md}. */
public record MarkdownTables(Comparison comparison) {

    public String text() {
        Tables tables = new Tables(comparison);
        StringBuilder text = new StringBuilder("# Rows of both papers, measured\n\n").append(tables.caption());
        tables.all().forEach(table -> append(text, table));
        return text.append('\n').toString();
    }

    private static void append(StringBuilder text, Table table) {
        text.append("\n\n## ").append(table.title()).append("\n\n");
        if (!table.note().isEmpty()) {
            text.append(table.note()).append("\n\n");
        }
        text.append(line(table.headings())).append("\n|---|").append("---:|".repeat(table.headings().size() - 1));
        table.rows().forEach(row -> text.append('\n').append(line(row)));
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells.stream().map(MarkdownTables::escaped).toList()) + " |";
    }

    private static String escaped(String cell) {
        return cell.replace("|", "\\|").replaceAll("\\s+", " ");
    }
}
