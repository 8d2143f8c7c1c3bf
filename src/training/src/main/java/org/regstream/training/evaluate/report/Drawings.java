package org.regstream.training.evaluate.report;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.regstream.core.uncertainty.Calibration;
import org.regstream.core.uncertainty.Sparsification;
import org.regstream.training.evaluate.row.RowSite;
import org.regstream.training.evaluate.report.Drawing.Picture;
import org.regstream.training.evaluate.row.Paper;
import org.regstream.training.evaluate.row.UncertaintyKind;
import org.regstream.training.evaluate.table.CaseResult;
import org.regstream.training.evaluate.table.Comparison;
import org.regstream.training.evaluate.table.RowResult;
import org.regstream.training.loop.RunFolder;

/**
 * The papers' figures and three more, of a comparison.
 *
 * @param comparison what was measured
 * @param folder     that it was measured in
 */
record Drawings(Comparison comparison, Path folder) {

    /** Of what is best possible, as in P1. */
    private static final Color ORACLE = Color.RED;

    List<Drawing> all() {
        return List.of(sparsification(), maps(), weights("lambda-phi", "λφ", "3 b", WeightLog::lambdaPhi),
                weights("lambda-c", "λc", "3 d", WeightLog::lambdaC), uncertainty(), contours(), reliability(),
                accuracy());
    }

    private List<RowResult> p1() {
        return comparison.filled().stream().filter(r -> r.paper() == Paper.P1).toList();
    }

    private Drawing sparsification() {
        Plot plot = new Plot("share of voxels removed, most uncertain first",
                "remaining voxel-wise error, 1 at the start");
        List<double[]> oracles = new ArrayList<>();
        for (RowResult row : p1()) {
            row.paperMap().map(row.curves()::get).filter(c -> c.error()[0] > 0).ifPresent(c -> {
                plot.line(row.label() + ": " + row.paperMap().orElseThrow().title(), removed(),
                        divided(c.error(), c.error()[0]));
                oracles.add(divided(c.oracle(), c.error()[0]));
            });
        }
        if (!oracles.isEmpty()) {
            plot.line("oracle", removed(), mean(oracles), ORACLE);
        }
        return Drawing.of("sparsification", "Sparsification (P1, figure 2)",
                "Voxel-wise label error of what is left when the most uncertain voxels are removed, mean over cases and"
                        + " structures, each row by the map that P1's table takes; red: the oracle, which removes by true"
                        + " error, mean over the rows. The area between a curve and its oracle is AUSE.",
                plot);
    }

    /** Of the row with most maps: all of them. */
    private Drawing maps() {
        Plot plot = new Plot("share of voxels removed, most uncertain first", "remaining voxel-wise error");
        Optional<RowResult> richest = richest();
        richest.ifPresent(row -> {
            row.kinds().forEach(kind -> plot.line(kind.title(), removed(), row.curves().get(kind).error()));
            plot.line("oracle", removed(), row.curves().get(row.kinds().get(0)).oracle(), ORACLE);
        });
        return Drawing.of("maps", "Sparsification, map by map",
                "All uncertainty maps of " + richest.map(RowResult::label).orElse("a row")
                        + ", against the oracle (red).",
                plot);
    }

    /** The row with most uncertainty maps; of several, the last one. */
    private Optional<RowResult> richest() {
        return comparison.filled().stream().filter(r -> !r.kinds().isEmpty())
                .reduce((a, b) -> b.kinds().size() >= a.kinds().size() ? b : a);
    }

    private static double[] removed() {
        return IntStream.range(0, Sparsification.BINS).mapToDouble(b -> (double) b / Sparsification.BINS).toArray();
    }

    private static double[] divided(double[] values, double by) {
        return Arrays.stream(values).map(v -> v / by).toArray();
    }

    private static double[] mean(List<double[]> curves) {
        return IntStream.range(0, curves.get(0).length)
                .mapToDouble(b -> curves.stream().mapToDouble(c -> c[b]).average().orElseThrow()).toArray();
    }

    private Drawing weights(String id, String symbol, String figure, Function<WeightLog, double[]> weight) {
        Plot plot = new Plot("step", symbol);
        for (RowResult row : comparison.filled()) {
            WeightLog.read(RowSite.run(folder.resolve(row.name()), 1).resolve(RunFolder.WEIGHTS))
                    .ifPresent(log -> plot.line(row.label(), log.step(), weight.apply(log)));
        }
        return Drawing.of(id, symbol + " over the steps of training (P2, figure " + figure + ")",
                "Weight that the mean teacher sets in each step, mean of stretches of steps.", plot);
    }

    private Drawing uncertainty() {
        List<Picture> pictures = new ArrayList<>();
        for (RowResult row : comparison.filled()) {
            boolean shown = row.kinds().contains(UncertaintyKind.TRANSFORMATION)
                    || richest().filter(row::equals).isPresent();
            if (shown) {
                row.kinds()
                        .forEach(kind -> picture(row, PairPictures.name(kind), kind.title()).ifPresent(pictures::add));
            }
        }
        return new Drawing("uncertainty", "Uncertainty over slices (P2, figure 3 a, c)",
                "Uncertainty maps of the first pair over the warped image, three slices across the structures: none where"
                        + " nothing is uncertain, then red, yellow, white at the 99.5th percentile of the map.",
                pictures);
    }

    private Drawing contours() {
        List<Picture> pictures = new ArrayList<>();
        for (RowResult row : comparison.filled()) {
            picture(row, PairPictures.CONTOURS, String.format(Locale.ROOT, "Dice %.1f %%",
                    100 * row.cases().get(0).diceForeground())).ifPresent(pictures::add);
        }
        return new Drawing("contours", "Warped contours over slices (P1 and P2, figure 2)",
                "The first pair of each row: its warped image, the true contours of the fixed image in white, the contours"
                        + " that the row gives in the structures' colours; patient's front up, right side on the left.",
                pictures);
    }

    private Optional<Picture> picture(RowResult row, String name, String what) {
        Path file = PairPictures.file(folder, row.name(), name);
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(Picture.png(row.label() + ", " + what, Files.readAllBytes(file)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private Drawing reliability() {
        Plot plot = new Plot("probability of the label given", "share of voxels whose label is right");
        for (RowResult row : p1()) {
            List<Calibration.Bin> bins = row.reliability().stream().filter(b -> b.count() > 0).toList();
            if (bins.size() > 1) {
                plot.line(row.label(), bins.stream().mapToDouble(Calibration.Bin::probability).toArray(),
                        bins.stream().mapToDouble(Calibration.Bin::accuracy).toArray());
            }
        }
        if (!plot.isEmpty()) {
            plot.line("ideal", new double[]{0.3, 1}, new double[]{0.3, 1}, ORACLE);
        }
        return Drawing.of("reliability", "Reliability of the label probabilities",
                "Voxels of all cases by the probability of their label, " + Calibration.BINS
                        + " bins; on the red line a probability means what it says.",
                plot);
    }

    private Drawing accuracy() {
        Plot plot = new Plot("minutes of training, all networks of a row together", "foreground Dice, mean over cases");
        comparison.filled().stream().sorted(Comparator.comparing(r -> r.cost().minutes())).forEach(row -> plot
                .point(row.label(), row.cost().minutes(), row.statistic(CaseResult::diceForeground).mean()));
        return Drawing.of("accuracy", "Accuracy against training time",
                "Minutes are those of this machine, " + comparison.machine() + ".", plot);
    }
}
