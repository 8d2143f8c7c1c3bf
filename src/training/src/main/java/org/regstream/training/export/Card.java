package org.regstream.training.export;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.Structure;

/** {@code CARD.md}: what a package is, for people; every figure with the command that prints it. */
final class Card {

    private Card() {}

    static String of(ModelManifest m, Parity parity) {
        StringBuilder card = new StringBuilder();
        String folder = "models/" + m.id();
        card.append("# ").append(m.id()).append(' ').append(m.version()).append("\n\n")
                .append("Registers a pre-operative image to a live one and pulls its labels along. Research software: not a"
                        + " medical device, not for diagnosis.\n\n")
                .append("Window ").append(m.grid().depth()).append(" x ").append(m.grid().height()).append(" x ")
                .append(m.grid().width()).append(" voxels [D, H, W] of ").append(number(m.grid().spacingMm()))
                .append(" mm, axes (i, j, k) towards ").append(m.grid().orientation())
                .append(". Intensities: minimum to ").append(number(m.intensity().upperPercentile()))
                .append("th percentile mapped to [0, 1].\n\n");
        table(card, "Structures", "label", structures(m.structures()));
        card.append("Structures that share a code are told apart by their names.\n\n");
        table(card, "How it was made", "what", new TreeMap<>(m.provenance()));
        card.append("```\n./regstream train --data DATA --out RUN ").append(m.provenance().get("options"))
                .append("\n./regstream export --run RUN --data DATA --out ").append(folder).append(" --release ")
                .append(m.version()).append(" --note NOTE\n```\n\nNOTE is what stands beside *note* above. With")
                .append(" `--template PACKAGE` the template is another package's; without, this network makes it.\n\n");
        Map<String, String> figures = new TreeMap<>();
        m.validation().forEach((name, value) -> figures.put(name, String.format(Locale.ROOT, "%.4g", value)));
        table(card, "Measured on the validation images", "figure", figures);
        card.append("```\n./regstream evaluate --model ").append(folder)
                .append(" --data DATA --protocol pairs --split validation\n```\n\n");
        if (m.ensemble().isPresent()) {
            card.append("It prints the student's figures; `ensemble.*` is measured by `export` alone.\n\n");
        }
        Map<String, String> limits = new TreeMap<>();
        limits.put("folding, share of voxels", String.format(Locale.ROOT, "%.4g", m.thresholds().foldingFraction()));
        m.thresholds().meanEntropyNats().forEach((name, nats) -> limits.put("mean label entropy, " + name,
                String.format(Locale.ROOT, "%.4g nats", nats)));
        table(card, "Alert thresholds (" + m.thresholds().basis() + ")", "above", limits);
        card.append(String.format(Locale.ROOT,
                "DJL and ONNX Runtime differ by at most %.1g (displacement), %.1g (expected error),"
                        + " %.1g (outlines) of their ranges; `export` refuses more than %.0g, of outlines %.0g.%n%n",
                parity.displacement(), parity.error(), parity.outlines(), Parity.TOLERANCE,
                Parity.OUTLINE_TOLERANCE));
        card.append("`template/` is a made-up patient, the mean of images that a network registered to one another; "
                + "`golden/` is what the network must compute at start.\n");
        return card.toString();
    }

    private static Map<String, String> structures(List<Structure> structures) {
        Map<String, String> rows = new TreeMap<>();
        structures.forEach(s -> rows.put(Integer.toString(s.label()),
                s.name() + ", SNOMED CT " + s.code() + " " + s.meaning()));
        return rows;
    }

    private static void table(StringBuilder card, String title, String key, Map<String, String> rows) {
        card.append("## ").append(title).append("\n| ").append(key).append(" | |\n|---|---|\n");
        rows.forEach((k, v) -> card.append("| ").append(k).append(" | ").append(v).append(" |\n"));
        card.append('\n');
    }

    private static String number(double x) {
        return x == Math.rint(x) ? Long.toString(Math.round(x)) : Double.toString(x);
    }
}
