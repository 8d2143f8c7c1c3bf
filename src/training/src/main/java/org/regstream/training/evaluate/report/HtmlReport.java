package org.regstream.training.evaluate.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.regstream.training.evaluate.table.Comparison;
import org.regstream.training.evaluate.table.Table;
import org.regstream.training.evaluate.table.Tables;

/**
 * A comparison as {@code report.html}: tables and figures in one file that loads nothing, well-formed as XML.
 *
 * @param comparison what was measured
 * @param folder     of the comparison, with the pictures and logs of its rows
 * @param command    that made it
 */
public record HtmlReport(Comparison comparison, Path folder, String command) {

    private static final String STYLE = """
            body { font: 16px/1.5 system-ui, sans-serif; color: #1b1b1b; max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
            h1, h2 { line-height: 1.2 } h2 { margin-top: 2.5rem }
            code { background: #f2f2f2; padding: .1em .3em; overflow-wrap: anywhere }
            .wide { overflow-x: auto } table { border-collapse: collapse; font-size: .82rem; white-space: nowrap }
            th, td { padding: .25rem .6rem; border-bottom: 1px solid #d5d5d5; text-align: right }
            th:first-child, td:first-child { text-align: left } td.reason { text-align: left; color: #6b3d00 }
            figure { margin: 1rem 0 } figcaption { font-size: .9rem; color: #444 }
            .pictures { display: flex; flex-wrap: wrap; gap: 1rem } .pictures div { max-width: 100% }
            .pictures p { margin: 0; font-size: .85rem } img { max-width: 100%; height: auto }
            """;

    public void write(Path file) throws IOException {
        Files.writeString(file, html());
    }

    private String html() {
        Tables tables = new Tables(comparison);
        List<Drawing> drawings = new Drawings(comparison, folder).all();
        StringBuilder page = new StringBuilder();
        page.append("<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n")
                .append("<meta charset=\"utf-8\"/>\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:;"
                        + " style-src 'unsafe-inline'\"/>\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
                .append("<title>regstream: rows of both papers, measured</title>\n<style>\n").append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>Rows of both papers, measured</h1>\n");
        paragraph(page, tables.caption());
        page.append("<p>Made by <code>").append(escaped(command)).append("</code></p>\n");
        tables.all().forEach(table -> append(page, table));
        drawings.forEach(drawing -> append(page, drawing));
        return page.append("</body>\n</html>\n").toString();
    }

    private static void append(StringBuilder page, Table table) {
        page.append("<h2>").append(escaped(table.title())).append("</h2>\n");
        if (!table.note().isEmpty()) {
            paragraph(page, table.note());
        }
        page.append("<div class=\"wide\"><table>\n<thead><tr>");
        table.headings().forEach(h -> page.append("<th scope=\"col\">").append(escaped(h)).append("</th>"));
        page.append("</tr></thead>\n<tbody>\n");
        table.rows().forEach(row -> append(page, row));
        page.append("</tbody></table></div>\n");
    }

    /** A row that could not be filled says why across the table. */
    private static void append(StringBuilder page, List<String> cells) {
        boolean failed = cells.size() > 2 && cells.get(2).isEmpty();
        page.append("<tr>");
        if (failed) {
            page.append("<td>").append(escaped(cells.get(0))).append("</td><td class=\"reason\" colspan=\"")
                    .append(cells.size() - 1).append("\">").append(escaped(cells.get(1))).append("</td>");
        } else {
            cells.forEach(cell -> page.append("<td>").append(escaped(cell)).append("</td>"));
        }
        page.append("</tr>\n");
    }

    private void append(StringBuilder page, Drawing drawing) {
        page.append("<h2>").append(escaped(drawing.title())).append("</h2>\n<figure id=\"").append(drawing.id())
                .append("\">\n<div class=\"pictures\">\n");
        drawing.pictures().forEach(picture -> append(page, picture, drawing.pictures().size() > 1));
        page.append("</div>\n<figcaption>");
        if (drawing.pictures().isEmpty()) {
            page.append("Not drawn: no row of this comparison has it. ");
        }
        page.append(escaped(drawing.caption())).append(" Under: ").append(escaped(comparison.terms().sentence()))
                .append("; by <code>").append(escaped(command)).append("</code></figcaption>\n</figure>\n");
    }

    private static void append(StringBuilder page, Drawing.Picture picture, boolean named) {
        page.append("<div>");
        if (named) {
            paragraph(page, picture.alt());
        }
        page.append("<img alt=\"").append(escaped(picture.alt())).append("\" src=\"data:").append(picture.type())
                .append(";base64,").append(Base64.getEncoder().encodeToString(picture.bytes())).append("\"/></div>\n");
    }

    private static void paragraph(StringBuilder page, String text) {
        page.append("<p>").append(escaped(text)).append("</p>\n");
    }

    /** Characters that XML cannot hold (an outside program's message may) become a question mark. */
    private static String escaped(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?")
                .replace("&", "&amp;")
                .replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
