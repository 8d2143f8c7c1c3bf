package org.regstream.training.calibrate;

import java.util.Arrays;
import java.util.List;
import org.regstream.core.model.DicePredictor;
import org.regstream.core.uncertainty.Auroc;
import org.regstream.core.uncertainty.Roc;
import org.regstream.training.evaluate.table.RowResult;

/** Bad cases are to be told by a prediction of their Dice: lower is worse. */
final class Detection {

    /** METHODS: a case with a Dice below this is bad. */
    static final double BAD_BELOW_DICE = RowResult.BAD_DICE;

    /** Issue 3: of the bad cases, this share shall alert, at the lowest false-alert rate. */
    static final double WANTED_SENSITIVITY = 0.95;

    /** The sensitivity at this false-alert rate is printed beside. */
    static final double FIXED_FALSE_ALERT_RATE = 0.05;

    private Detection() {}

    /**
     * @param cases of one structure that count, at least one of them bad
     * @return smallest predicted Dice that does not alert, so that {@link #WANTED_SENSITIVITY} is reached on these cases with
     *         the fewest false alerts: in the middle between the highest prediction that must alert and the next one
     */
    static double limit(List<StructureCase> cases, DicePredictor predictor) {
        double[] predicted = cases.stream().mapToDouble(c -> predicted(c, predictor)).toArray();
        double alerting = -roc(cases, predicted).atSensitivity(WANTED_SENSITIVITY).limit();
        double next = Arrays.stream(predicted).filter(p -> p > alerting).min().orElse(1);
        return (alerting + next) / 2;
    }

    static double predicted(StructureCase c, DicePredictor predictor) {
        return predictor.predict(c.features().orElseThrow());
    }

    static Roc roc(List<StructureCase> cases, double[] predicted) {
        return Roc.of(scores(predicted), bad(cases));
    }

    /** Cases of one patient count as alike. */
    static Auroc auroc(List<StructureCase> cases, double[] predicted) {
        List<String> patients = cases.stream().map(StructureCase::patient).distinct().toList();
        return Auroc.of(scores(predicted), bad(cases),
                cases.stream().mapToInt(c -> patients.indexOf(c.patient())).toArray());
    }

    private static double[] scores(double[] predicted) {
        return Arrays.stream(predicted).map(p -> -p).toArray();
    }

    private static boolean[] bad(List<StructureCase> cases) {
        boolean[] bad = new boolean[cases.size()];
        for (int at = 0; at < bad.length; at++) {
            bad[at] = cases.get(at).isBad();
        }
        return bad;
    }
}
