package org.regstream.training.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.Structure;

/**
 * An evaluation for people and for programs.
 *
 * @param manifest   of the network
 * @param evaluation of its registrations
 */
public record EvaluationReport(ModelManifest manifest, Evaluation evaluation) {

    /** A table: mean ± sd over the cases, before and after. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%s %s, protocol %s, %d cases; seed %s, %s epochs, %s min on %s%n",
                manifest.id(), manifest.version(), evaluation.protocol().name().toLowerCase(Locale.ROOT),
                evaluation.cases().size(), made("seed"), made("epochs"), made("minutes"), made("machine")));
        text.append(String.format(Locale.ROOT, "%-32s %19s %19s%n", "", "unregistered", "registered"));
        for (Structure s : manifest.structures()) {
            int at = s.label() - 1;
            row(text, "Dice " + s.name(), c -> c.before().dice().get(at), c -> c.carried().dice().get(at));
        }
        row(text, "Dice, mean of structures", c -> c.before().meanDice(), c -> c.carried().meanDice());
        row(text, "Dice, refined", c -> c.before().meanDice(), c -> c.refined().meanDice());
        row(text, "Dice of the network's outline", c -> c.before().meanDice(), c -> c.outline().meanDice());
        row(text, "HD95 mm, mean of structures", c -> c.before().meanHd95(), c -> c.carried().meanHd95());
        row(text, "HD95 mm, refined", c -> c.before().meanHd95(), c -> c.refined().meanHd95());
        row(text, "HD95 mm of the outline", c -> c.before().meanHd95(), c -> c.outline().meanHd95());
        row(text, "NLCC, window 5", CaseFigures::nlccBefore, CaseFigures::nlcc);
        row(text, "folding %", c -> 0, c -> 100 * c.folding());
        row(text, "SDlogJ", c -> 0, CaseFigures::sdLogJ);
        return text.toString();
    }

    private String made(String what) {
        return manifest.provenance().getOrDefault(what, "?");
    }

    private void row(StringBuilder text, String name, ToDoubleFunction<CaseFigures> before,
            ToDoubleFunction<CaseFigures> after) {
        text.append(String.format(Locale.ROOT, "%-32s %10.4f ± %6.4f %10.4f ± %6.4f%n", name, evaluation.mean(before),
                evaluation.sd(before), evaluation.mean(after), evaluation.sd(after)));
    }

    /** Writes {@code results.csv}, a line a case, and {@code results.json}, all figures. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("results.csv"), csv());
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve("results.json").toFile(), evaluation);
    }

    private String csv() {
        StringBuilder csv = new StringBuilder(
                "fixed,moving,dice_before,dice,dice_refined,dice_outline,hd95_mm_before,hd95_mm,hd95_mm_refined,hd95_mm_outline,nlcc_before,nlcc,folding,sdlogj\n");
        for (CaseFigures c : evaluation.cases()) {
            csv.append(String.format(Locale.ROOT, "%s,%s,%.5f,%.5f,%.5f,%.5f,%.4f,%.4f,%.4f,%.4f,%.5f,%.5f,%.6f,%.5f%n",
                    c.fixed(), c.moving(), c.before().meanDice(), c.carried().meanDice(), c.refined().meanDice(),
                    c.outline().meanDice(), c.before().meanHd95(), c.carried().meanHd95(), c.refined().meanHd95(),
                    c.outline().meanHd95(), c.nlccBefore(), c.nlcc(),
                    c.folding(), c.sdLogJ()));
        }
        return csv.toString();
    }
}
