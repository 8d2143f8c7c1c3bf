package org.regstream.training.evaluate.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.regstream.training.loop.RunFolder;

/**
 * Weights of a mean teacher over the steps of its training, from the lines {@code step,lambdaPhi,lambdaC} of
 * {@link RunFolder#WEIGHTS}; means of equal stretches of steps, since single steps jump with their pairs.
 *
 * @param step      middle of each stretch
 * @param lambdaPhi λφ
 * @param lambdaC   λc
 */
record WeightLog(double[] step, double[] lambdaPhi, double[] lambdaC) {

    private static final int POINTS = 120;

    /** @param file may be missing: then empty */
    static Optional<WeightLog> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            List<double[]> lines = Files.readAllLines(file).stream().filter(l -> !l.isBlank())
                    .map(l -> Arrays.stream(l.split(",")).mapToDouble(Double::parseDouble).toArray()).toList();
            return lines.isEmpty() ? Optional.empty() : Optional.of(of(lines));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static WeightLog of(List<double[]> lines) {
        int points = Math.min(POINTS, lines.size());
        double[][] columns = new double[3][points];
        for (int p = 0; p < points; p++) {
            List<double[]> stretch = lines.subList(p * lines.size() / points, (p + 1) * lines.size() / points);
            for (int c = 0; c < columns.length; c++) {
                int column = c;
                columns[c][p] = stretch.stream().mapToDouble(line -> line[column]).average().orElseThrow();
            }
        }
        return new WeightLog(columns[0], columns[1], columns[2]);
    }
}
