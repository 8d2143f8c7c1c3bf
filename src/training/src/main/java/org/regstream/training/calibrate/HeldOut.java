package org.regstream.training.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.regstream.core.ConfigurationException;
import org.regstream.core.model.DicePredictor;
import org.regstream.core.uncertainty.Auroc;
import org.regstream.core.uncertainty.Rate;
import org.regstream.core.uncertainty.Roc;

/**
 * Cross-validation by patient: predictor and limit of each case were fitted on the other patients' cases. The pre-operative
 * image of a pair may still come of a patient of another fold.
 *
 * @param cases of one structure
 */
record HeldOut(List<Judged> cases) {

    /** @param predicted Dice
     *  @param alerts    whether it lies below the limit */
    record Judged(StructureCase of, double predicted, boolean alerts) {}

    HeldOut {
        cases = List.copyOf(cases);
    }

    /**
     * @param cases of one structure that count
     * @param folds patients, sorted by name, are dealt to them in turn
     * @throws ConfigurationException if a fold leaves no bad case to fit on
     */
    static HeldOut crossValidate(List<StructureCase> cases, int folds) {
        List<String> patients = cases.stream().map(StructureCase::patient).distinct().sorted().toList();
        List<Judged> judged = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            int held = fold;
            List<StructureCase> fitted = cases.stream().filter(c -> patients.indexOf(c.patient()) % folds != held)
                    .toList();
            if (fitted.stream().noneMatch(StructureCase::isBad)) {
                throw new ConfigurationException("no case without fold " + (fold + 1) + " of " + folds
                        + " has a Dice below " + Detection.BAD_BELOW_DICE
                        + ", so no limit can be fitted; calibrate on more images");
            }
            DicePredictor predictor = DiceFit.fit(fitted);
            double limit = Detection.limit(fitted, predictor);
            cases.stream().filter(c -> patients.indexOf(c.patient()) % folds == held).forEach(c -> {
                double predicted = Detection.predicted(c, predictor);
                judged.add(new Judged(c, predicted, predicted < limit));
            });
        }
        return new HeldOut(judged);
    }

    /** Of the bad cases, those that alert. */
    Rate sensitivity() {
        return alerts(true);
    }

    /** Of the good cases, those that alert. */
    Rate falseAlerts() {
        return alerts(false);
    }

    private Rate alerts(boolean bad) {
        List<Judged> those = cases.stream().filter(j -> j.of.isBad() == bad).toList();
        return Rate.of((int) those.stream().filter(Judged::alerts).count(), those.size());
    }

    Auroc auroc() {
        return Detection.auroc(structureCases(), predictions());
    }

    Roc roc() {
        return Detection.roc(structureCases(), predictions());
    }

    HeldOut ofKind(String kind) {
        return new HeldOut(cases.stream().filter(j -> j.of.kind().equals(kind)).toList());
    }

    private List<StructureCase> structureCases() {
        return cases.stream().map(Judged::of).toList();
    }

    private double[] predictions() {
        return IntStream.range(0, cases.size()).mapToDouble(at -> cases.get(at).predicted).toArray();
    }
}
