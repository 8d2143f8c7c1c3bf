package org.regstream.training.evaluate.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.regstream.core.uncertainty.Calibration;
import org.regstream.core.uncertainty.Sparsification;
import org.regstream.training.evaluate.row.UncertaintyKind;

/** What a row's figures draw: means over its cases. */
final class Averages {

    private Averages() {}

    static Map<UncertaintyKind, RowResult.Curve> curves(List<Measurement> cases) {
        Map<UncertaintyKind, RowResult.Curve> curves = new EnumMap<>(UncertaintyKind.class);
        for (UncertaintyKind kind : UncertaintyKind.values()) {
            List<Sparsification> all = cases.stream().map(Measurement::curves).filter(c -> c.containsKey(kind))
                    .map(c -> c.get(kind)).toList();
            if (!all.isEmpty()) {
                curves.put(kind,
                        new RowResult.Curve(mean(all, Sparsification::curve), mean(all, Sparsification::oracle)));
            }
        }
        return curves;
    }

    private static double[] mean(List<Sparsification> all, Function<Sparsification, double[]> curve) {
        double[] mean = new double[Sparsification.BINS];
        all.forEach(s -> Arrays.setAll(mean, b -> mean[b] + curve.apply(s)[b] / all.size()));
        return mean;
    }

    /** Bins of all cases thrown together: each voxel counts alike. */
    static List<Calibration.Bin> reliability(List<Measurement> cases) {
        List<Calibration.Bin> pooled = new ArrayList<>();
        for (int b = 0; b < Calibration.BINS; b++) {
            int bin = b;
            pooled.add(pooled(cases.stream().map(c -> c.calibration().bins().get(bin)).toList()));
        }
        return pooled;
    }

    private static Calibration.Bin pooled(List<Calibration.Bin> bins) {
        List<Calibration.Bin> filled = bins.stream().filter(b -> b.count() > 0).toList();
        int count = filled.stream().mapToInt(Calibration.Bin::count).sum();
        double probability = filled.stream().mapToDouble(b -> b.probability() * b.count()).sum();
        double accuracy = filled.stream().mapToDouble(b -> b.accuracy() * b.count()).sum();
        return new Calibration.Bin(bins.get(0).low(), bins.get(0).high(), count, probability / count, accuracy / count);
    }
}
