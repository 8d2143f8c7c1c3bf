package org.regstream.training.calibrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresBuilder;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresProblem;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.math3.util.Pair;
import org.regstream.core.model.DicePredictor;
import org.regstream.core.model.ReliabilityFeatures;

/**
 * Fits a predictor of Dice: least squares with a logistic link and a ridge,
 *
 * <pre>
 * sum_n (Dice_n - 1 / (1 + exp(-(b + w z_n))))² + RIDGE |w|²
 * </pre>
 *
 * where z are the features less their mean over their standard deviation. A feature that does not vary (members, of a single
 * network) gets no weight. Minimised by Levenberg and Marquardt's method (Commons Math).
 */
final class DiceFit {

    /** A weight of 1 costs as much as one case that is off by 0.3 of Dice: little for hundreds of cases, enough for a few. */
    static final double RIDGE = 0.1;

    /** A standard deviation below this share of the mean is rounding. */
    private static final double CONSTANT = 1e-9;
    private static final int MAX_STEPS = 500;

    private final List<String> names = new ArrayList<>();
    private final List<SummaryStatistics> statistics = new ArrayList<>();
    private final double[][] z;
    private final double[] dice;

    private DiceFit(List<StructureCase> cases) {
        List<Map<String, Double>> features = cases.stream().map(c -> c.features().orElseThrow().byName()).toList();
        for (String name : ReliabilityFeatures.NAMES) {
            SummaryStatistics s = new SummaryStatistics();
            features.forEach(f -> s.addValue(f.get(name)));
            if (s.getStandardDeviation() > CONSTANT * (1 + Math.abs(s.getMean()))) {
                names.add(name);
                statistics.add(s);
            }
        }
        z = features.stream().map(this::standardised).toArray(double[][]::new);
        dice = cases.stream().mapToDouble(StructureCase::dice).toArray();
    }

    /** @param cases of one structure, at least 2, that {@linkplain StructureCase#counts() count} */
    static DicePredictor fit(List<StructureCase> cases) {
        if (cases.size() < 2) {
            throw new IllegalArgumentException("a predictor needs at least 2 cases, got " + cases.size());
        }
        return new DiceFit(cases).solve();
    }

    private double[] standardised(Map<String, Double> features) {
        double[] row = new double[names.size()];
        for (int f = 0; f < row.length; f++) {
            row[f] = (features.get(names.get(f)) - statistics.get(f).getMean())
                    / statistics.get(f).getStandardDeviation();
        }
        return row;
    }

    private DicePredictor solve() {
        double[] target = Arrays.copyOf(dice, dice.length + names.size());
        LeastSquaresProblem problem = new LeastSquaresBuilder().model(this::model).target(target)
                .start(new double[1 + names.size()]).maxEvaluations(MAX_STEPS).maxIterations(MAX_STEPS).build();
        double[] solution = new LevenbergMarquardtOptimizer().optimize(problem).getPoint().toArray();
        double intercept = solution[0];
        Map<String, Double> weights = new HashMap<>();
        for (int f = 0; f < names.size(); f++) {
            double weight = solution[1 + f] / statistics.get(f).getStandardDeviation();
            weights.put(names.get(f), weight);
            intercept -= weight * statistics.get(f).getMean();
        }
        return new DicePredictor(intercept, weights);
    }

    /** Predictions, then the ridge; and their derivatives by intercept and weights. */
    private Pair<RealVector, RealMatrix> model(RealVector point) {
        int n = dice.length;
        double[] value = new double[n + names.size()];
        double[][] slope = new double[value.length][1 + names.size()];
        for (int row = 0; row < n; row++) {
            double sum = point.getEntry(0);
            for (int f = 0; f < names.size(); f++) {
                sum += point.getEntry(1 + f) * z[row][f];
            }
            value[row] = 1 / (1 + Math.exp(-sum));
            double steepness = value[row] * (1 - value[row]);
            slope[row][0] = steepness;
            for (int f = 0; f < names.size(); f++) {
                slope[row][1 + f] = steepness * z[row][f];
            }
        }
        for (int f = 0; f < names.size(); f++) {
            value[n + f] = Math.sqrt(RIDGE) * point.getEntry(1 + f);
            slope[n + f][1 + f] = Math.sqrt(RIDGE);
        }
        return Pair.create(new ArrayRealVector(value, false), new Array2DRowRealMatrix(slope, false));
    }
}
