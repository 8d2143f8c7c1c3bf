package org.regstream.training.calibrate.fit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.training.calibrate.cases.People;
import org.regstream.training.calibrate.cases.StructureCase;

/**
 * Fits a monotone predictor of Dice: least squares with a logistic link, a ridge and weights of a given sign,
 *
 * <pre>
 * min over b and w from 0 of   sum_n c_n (Dice_n - 1 / (1 + exp(-(b + w x_n))))² + RIDGE |w|²
 * </pre>
 *
 * where x are the features less their mean over their standard deviation, turned so that more is better, and c weighs cases so
 * that one patient and two people count alike. A feature that does not vary (members, of a single network) gets no weight.
 * Gauss and Newton's steps, damped by Marquardt's rule; each is a small quadratic problem with bounds, solved by coordinate
 * descent.
 */
final class DiceFit {

    /** A weight of 1 costs as much as one case that is off by 0.3 of Dice: little for hundreds of cases, enough for a few. */
    static final double RIDGE = 0.1;

    /** A standard deviation below this share of the mean is rounding. */
    private static final double CONSTANT = 1e-9;
    private static final int MAX_STEPS = 200;
    private static final int SWEEPS = 200;
    private static final double ENOUGH = 1e-12;

    private final List<String> names = new ArrayList<>();
    private final List<Double> means = new ArrayList<>();
    private final List<Double> scales = new ArrayList<>();
    private final double[][] x;
    private final double[] dice;
    private final double[] counts;

    private DiceFit(List<StructureCase> cases, Collection<String> wanted) {
        List<Map<String, Double>> features = cases.stream().map(c -> c.features().orElseThrow().byName()).toList();
        for (String name : wanted) {
            SummaryStatistics s = new SummaryStatistics();
            features.forEach(f -> s.addValue(f.get(name)));
            if (s.getStandardDeviation() > CONSTANT * (1 + Math.abs(s.getMean()))) {
                names.add(name);
                means.add(s.getMean());
                scales.add(ReliabilityFeatures.SIGNS.get(name) * s.getStandardDeviation());
            }
        }
        x = features.stream().map(this::standardised).toArray(double[][]::new);
        dice = cases.stream().mapToDouble(StructureCase::dice).toArray();
        counts = counts(cases);
    }

    /**
     * @param cases  of one structure, at least 2, none of them lost
     * @param wanted names of the features that may get a weight; every case has them
     */
    static Linear fit(List<StructureCase> cases, Collection<String> wanted) {
        if (cases.size() < 2) {
            throw new IllegalArgumentException("a predictor needs at least 2 cases, got " + cases.size());
        }
        return new DiceFit(cases, wanted).solve();
    }

    /** @return how much each case counts: mean 1, and the same for one patient and for two people together */
    static double[] counts(List<StructureCase> cases) {
        Map<People, Long> sizes = new EnumMap<>(People.class);
        cases.forEach(c -> sizes.merge(c.kind().people(), 1L, Long::sum));
        return cases.stream()
                .mapToDouble(c -> (double) cases.size() / sizes.size() / sizes.get(c.kind().people())).toArray();
    }

    private double[] standardised(Map<String, Double> features) {
        double[] row = new double[names.size() + 1];
        row[0] = 1;
        for (int f = 0; f < names.size(); f++) {
            row[1 + f] = (features.get(names.get(f)) - means.get(f)) / scales.get(f);
        }
        return row;
    }

    private Linear solve() {
        double[] point = new double[1 + names.size()];
        double cost = cost(point);
        double damping = 1e-3;
        for (int step = 0; step < MAX_STEPS && damping < 1e12; step++) {
            double[] next = next(point, damping);
            double reached = cost(next);
            if (reached < cost) {
                boolean enough = cost - reached <= ENOUGH * cost;
                point = next;
                cost = reached;
                damping /= 5;
                if (enough) {
                    break;
                }
            } else {
                damping *= 4;
            }
        }
        return linear(point);
    }

    private Linear linear(double[] point) {
        double intercept = point[0];
        Map<String, Double> weights = new LinkedHashMap<>();
        for (int f = 0; f < names.size(); f++) {
            if (point[1 + f] > 0) {
                double weight = point[1 + f] / scales.get(f);
                weights.put(names.get(f), weight);
                intercept -= weight * means.get(f);
            }
        }
        return new Linear(intercept, weights);
    }

    private double cost(double[] point) {
        double sum = 0;
        for (int n = 0; n < dice.length; n++) {
            double off = dice[n] - Linear.logistic(dot(x[n], point));
            sum += counts[n] * off * off;
        }
        for (int f = 1; f < point.length; f++) {
            sum += RIDGE * point[f] * point[f];
        }
        return sum;
    }

    /** The least of the damped quadratic model about a point, weights from 0. */
    private double[] next(double[] point, double damping) {
        int size = point.length;
        double[][] h = new double[size][size];
        double[] g = new double[size];
        for (int n = 0; n < dice.length; n++) {
            double p = Linear.logistic(dot(x[n], point));
            double slope = p * (1 - p);
            for (int a = 0; a < size; a++) {
                double da = slope * x[n][a] * counts[n];
                g[a] += da * (dice[n] - p);
                for (int b = 0; b < size; b++) {
                    h[a][b] += da * slope * x[n][b];
                }
            }
        }
        for (int a = 0; a < size; a++) {
            double ridge = a == 0 ? 0 : RIDGE;
            g[a] -= ridge * point[a];
            h[a][a] = (h[a][a] + ridge) * (1 + damping) + damping * 1e-9;
        }
        return descend(point, h, g);
    }

    private static double[] descend(double[] from, double[][] h, double[] g) {
        double[] at = from.clone();
        double[] slope = g.clone();
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            double most = 0;
            for (int a = 0; a < at.length; a++) {
                double to = at[a] + slope[a] / h[a][a];
                double by = (a == 0 ? to : Math.max(0, to)) - at[a];
                at[a] += by;
                for (int b = 0; b < at.length; b++) {
                    slope[b] -= by * h[a][b];
                }
                most = Math.max(most, Math.abs(by));
            }
            if (most < 1e-12) {
                break;
            }
        }
        return at;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int n = 0; n < a.length; n++) {
            sum += a[n] * b[n];
        }
        return sum;
    }
}
