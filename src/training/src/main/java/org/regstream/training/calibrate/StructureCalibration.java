package org.regstream.training.calibrate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.regstream.core.model.DicePredictor;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.core.uncertainty.Auroc;
import org.regstream.core.uncertainty.Rate;

/**
 * What was fitted for one structure, and how well it tells bad cases from good ones. All rates and areas but those of single
 * features are of patients that were held out of fitting; intervals are of 95 %.
 *
 * @param structure              name
 * @param cases                  that count
 * @param bad                    of them, with a Dice below 0.7
 * @param lost                   cases that the service refuses, since the structure has no voxel left; they do not count
 * @param auroc                  of predicted Dice, by patient
 * @param sensitivity            of the alert at a limit fitted for {@link Detection#WANTED_SENSITIVITY}
 * @param falseAlerts            of the same alert
 * @param sensitivityAtFixedRate at the limit that has a false-alert rate of at most {@link Detection#FIXED_FALSE_ALERT_RATE}
 * @param singleFeatures         area of each feature alone, in the direction it serves better: what a simple rule would reach
 * @param minPredictedDice       fitted on all cases: smallest predicted Dice that does not alert
 * @param predictor              fitted on all cases
 */
record StructureCalibration(String structure, int cases, int bad, int lost, Auroc auroc, Rate sensitivity,
        Rate falseAlerts, Rate sensitivityAtFixedRate, Map<String, Double> singleFeatures, double minPredictedDice,
        DicePredictor predictor) {

    /** @param all  cases of the structure
     *  @param held cross-validation of those that count */
    static StructureCalibration of(String structure, List<StructureCase> all, HeldOut held) {
        List<StructureCase> cases = all.stream().filter(StructureCase::counts).toList();
        DicePredictor predictor = DiceFit.fit(cases);
        return new StructureCalibration(structure, cases.size(),
                (int) cases.stream().filter(StructureCase::isBad).count(),
                (int) all.stream().filter(c -> c.features().isEmpty()).count(), held.auroc(), held.sensitivity(),
                held.falseAlerts(), held.roc().atFalseAlertRate(Detection.FIXED_FALSE_ALERT_RATE).sensitivity(),
                singleFeatures(cases), Detection.limit(cases, predictor), predictor);
    }

    private static Map<String, Double> singleFeatures(List<StructureCase> cases) {
        Map<String, Double> areas = new LinkedHashMap<>();
        for (String name : ReliabilityFeatures.NAMES) {
            double area = Detection.auroc(cases,
                    cases.stream().mapToDouble(c -> c.features().orElseThrow().byName().get(name)).toArray()).value();
            areas.put(name, Math.max(area, 1 - area));
        }
        return areas;
    }
}
