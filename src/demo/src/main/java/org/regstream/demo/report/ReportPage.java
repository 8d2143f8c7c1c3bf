package org.regstream.demo.report;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.regstream.demo.report.Operation.AlertStory;
import org.regstream.demo.report.Operation.Labelled;
import org.regstream.demo.report.Operation.None;
import org.regstream.demo.report.Operation.Result;

/** One HTML file without anything from outside. Times are UTC. */
final class ReportPage {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 220;
    private static final int MARGIN = 44;
    private static final List<String> COLOURS = List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00",
            "#56b4e9");
    private static final String STYLE = "body{font:15px/1.45 system-ui,sans-serif;max-width:1000px;margin:2em auto;padding:0 1em;color:#111}"
            + "table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ccc;padding:3px 8px;text-align:left;vertical-align:top}"
            + "img{max-width:100%}figure{margin:1em 0}.notice{color:#555}svg{width:100%;height:auto}@media print{h2{break-after:avoid}}";

    private final StringBuilder html = new StringBuilder();

    private ReportPage() {}

    /** @param showsIdentity whether the patient is named */
    static String of(Operation operation, List<Exhibit> exhibits, boolean showsIdentity) {
        ReportPage page = new ReportPage();
        page.head(operation);
        if (showsIdentity) {
            exhibits.stream().map(Exhibit::patient).filter(p -> !p.isBlank()).findFirst()
                    .ifPresent(patient -> page.paragraph("Patient: " + patient));
        }
        page.summary(operation);
        page.charts(operation);
        exhibits.forEach(page::exhibit);
        page.alerts(operation.alerts());
        page.volumes(operation);
        return page.html.append("</body></html>\n").toString();
    }

    private void head(Operation operation) {
        String title = "regstream: " + escaped(operation.id());
        html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>").append(title)
                .append("</title><style>").append(STYLE).append("</style></head><body>\n<h1>").append(title)
                .append("</h1>\n");
        html.append(
                "<p class=\"notice\">Research software, not a medical device. Made from what is still on the topics; times are UTC.</p>\n");
    }

    private void summary(Operation operation) {
        List<Labelled> first = operation.labelled(false);
        List<Labelled> checked = operation.labelled(true);
        html.append("<table>\n");
        if (!operation.results().isEmpty()) {
            row("acquired", time(operation.results().get(0).acquired()) + " to "
                    + time(operation.results().get(operation.results().size() - 1).acquired()));
        }
        row("model package", operation.modelId());
        row("volumes with labels", first.size() + ", of them checked by the ensemble " + checked.size());
        row("volumes without a valid registration", String.valueOf(operation.none().size()));
        row("first look after the last slice", latencies(first));
        row("check after the last slice", latencies(checked));
        row("smallest predicted Dice",
                operation.worst().map(w -> dice(w) + " at " + time(w.acquired())).orElse("none"));
        row("alerts", String.valueOf(operation.alerts().size()));
        html.append("</table>\n");
    }

    private static String latencies(List<Labelled> results) {
        long[] millis = results.stream().map(Labelled::latency).mapToLong(Duration::toMillis).sorted().toArray();
        return millis.length == 0
                ? "none"
                : String.format(Locale.ROOT, "median %.2f s, longest %.2f s", millis[millis.length / 2] / 1e3,
                        millis[millis.length - 1] / 1e3);
    }

    private void charts(Operation operation) {
        TreeSet<String> structures = new TreeSet<>();
        operation.labelled(true).forEach(result -> structures.addAll(result.predictedDice().keySet()));
        if (!structures.isEmpty()) {
            chart("Predicted Dice over time", operation.labelled(true), List.copyOf(structures),
                    structure -> result -> result.predictedDice().get(structure), 1);
        }
        if (!operation.labelled(false).isEmpty()) {
            double longest = operation.labelled(false).stream().mapToDouble(ReportPage::seconds).max().getAsDouble();
            chart("Seconds from the last slice to the first look", operation.labelled(false), List.of("first look"),
                    name -> ReportPage::seconds, Math.max(1, Math.ceil(longest)));
        }
    }

    private static double seconds(Labelled result) {
        return result.latency().toMillis() / 1e3;
    }

    /** @param value of a series' name and a result; null where there is none */
    private void chart(String title, List<Labelled> results, List<String> names,
            Function<String, Function<Labelled, Double>> value, double top) {
        Instant from = results.get(0).acquired();
        long span = Math.max(1, Duration.between(from, results.get(results.size() - 1).acquired()).toMillis());
        html.append("<h2>").append(title).append("</h2>\n<svg viewBox=\"0 0 ").append(WIDTH).append(' ')
                .append(HEIGHT + 20 * names.size()).append("\" role=\"img\" aria-label=\"").append(title).append("\">");
        for (double share : new double[]{0, 0.5, 1}) {
            double y = HEIGHT - MARGIN / 2.0 - share * (HEIGHT - MARGIN);
            append("<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ccc\"/><text x=\"4\" y=\"%.1f\" font-size=\"13\">%.3g</text>",
                    MARGIN, WIDTH, y, y, y + 4, share * top);
        }
        append("<text x=\"%d\" y=\"%d\" font-size=\"13\">%s</text><text x=\"%d\" y=\"%d\" font-size=\"13\" text-anchor=\"end\">%s</text>",
                MARGIN, HEIGHT - 4, time(from), WIDTH, HEIGHT - 4, time(from.plusMillis(span)));
        for (int n = 0; n < names.size(); n++) {
            String colour = COLOURS.get(n % COLOURS.size());
            StringBuilder points = new StringBuilder();
            for (Labelled result : results) {
                Double v = value.apply(names.get(n)).apply(result);
                if (v != null) {
                    double x = MARGIN
                            + (WIDTH - MARGIN - 8.0) * Duration.between(from, result.acquired()).toMillis() / span;
                    double y = HEIGHT - MARGIN / 2.0 - v / top * (HEIGHT - MARGIN);
                    points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
                    append("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\" fill=\"%s\"/>", x, y, colour);
                }
            }
            append("<polyline fill=\"none\" stroke=\"%s\" points=\"%s\"/>", colour, points);
            append("<text x=\"%d\" y=\"%d\" font-size=\"14\" fill=\"%s\">%s</text>", MARGIN, HEIGHT + 16 + 20 * n,
                    colour,
                    escaped(names.get(n)));
        }
        html.append("</svg>\n");
    }

    private void exhibit(Exhibit exhibit) {
        Labelled result = exhibit.result();
        html.append("<h2>").append(exhibit.title()).append("</h2>\n<figure>");
        exhibit.picture()
                .ifPresent(picture -> html.append("<img alt=\"slice with outlines\" src=\"data:image/png;base64,")
                        .append(Base64.getEncoder().encodeToString(picture.png())).append("\">"));
        html.append("<figcaption>").append(time(result.acquired()))
                .append(result.isChecked() ? ", checked" : ", first look").append("; predicted Dice ")
                .append(escaped(dice(result)));
        exhibit.picture().ifPresent(picture -> html.append("; slice ").append(picture.slice() + 1));
        html.append(". ").append(escaped(exhibit.why())).append("</figcaption></figure>\n");
    }

    private void alerts(List<AlertStory> alerts) {
        html.append("<h2>Alerts</h2>\n");
        if (alerts.isEmpty()) {
            paragraph("None.");
            return;
        }
        header("from", "until", "priority", "what", "acknowledged by");
        for (AlertStory alert : alerts) {
            cells(time(alert.since()), alert.until().map(ReportPage::time).orElse("open at the end"),
                    alert.priority().name().toLowerCase(Locale.ROOT),
                    alert.code() + alert.structure().map(s -> " " + s).orElse("") + ": " + alert.sentence(),
                    alert.takenNote().isEmpty()
                            ? "nobody"
                            : String.join("; ", alert.takenNote().stream().map(n -> n.by() + " at " + time(n.at()))
                                    .toList()));
        }
        html.append("</table>\n");
    }

    private void volumes(Operation operation) {
        html.append("<h2>Volumes</h2>\n");
        header("acquired", "result", "after", "field", "pose", "predicted Dice");
        for (Result result : operation.results()) {
            if (result instanceof Labelled l) {
                cells(time(l.acquired()), l.isChecked() ? "checked" : "first look",
                        String.format(Locale.ROOT, "%.2f s", seconds(l)), l.field(), l.pose(), dice(l));
            } else if (result instanceof None none) {
                cells(time(none.acquired()), "none: " + none.code(), "", "", "", none.reason());
            }
        }
        html.append("</table>\n");
    }

    private static String dice(Labelled result) {
        return result.predictedDice().isEmpty()
                ? "none"
                : String.join(", ", result.predictedDice().entrySet().stream().map(ReportPage::dice).toList());
    }

    private static String dice(Map.Entry<String, Double> structure) {
        return String.format(Locale.ROOT, "%s %.2f", structure.getKey(), structure.getValue());
    }

    private void paragraph(String text) {
        html.append("<p>").append(escaped(text)).append("</p>\n");
    }

    private void row(String name, String value) {
        html.append("<tr><th>").append(name).append("</th><td>").append(escaped(value)).append("</td></tr>\n");
    }

    private void header(String... names) {
        html.append("<table>\n<tr>");
        for (String name : names) {
            html.append("<th>").append(name).append("</th>");
        }
        html.append("</tr>\n");
    }

    private void cells(String... values) {
        html.append("<tr>");
        for (String value : values) {
            html.append("<td>").append(escaped(value)).append("</td>");
        }
        html.append("</tr>\n");
    }

    private void append(String format, Object... values) {
        html.append(String.format(Locale.ROOT, format, values));
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", "");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
