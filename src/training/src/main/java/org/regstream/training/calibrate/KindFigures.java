package org.regstream.training.calibrate;

import java.util.List;
import org.regstream.core.uncertainty.Rate;

/**
 * One kind of failure, over all structures; rates of patients that were held out of fitting.
 *
 * @param kind        of failure
 * @param cases       structures of cases that count
 * @param bad         of them, with a Dice below 0.7
 * @param lost        structures that have no voxel left: the service refuses such a registration
 * @param meanDice    of those that count
 * @param sensitivity of the alert at the limits fitted for all kinds together
 * @param falseAlerts of the same
 */
record KindFigures(String kind, int cases, int bad, int lost, double meanDice, Rate sensitivity, Rate falseAlerts) {

    /** @param all  cases of the kind
     *  @param held of all structures and the kind */
    static KindFigures of(String kind, List<StructureCase> all, HeldOut held) {
        List<StructureCase> cases = all.stream().filter(StructureCase::counts).toList();
        return new KindFigures(kind, cases.size(), (int) cases.stream().filter(StructureCase::isBad).count(),
                (int) all.stream().filter(c -> c.features().isEmpty()).count(),
                cases.stream().mapToDouble(StructureCase::dice).average().orElse(Double.NaN), held.sensitivity(),
                held.falseAlerts());
    }
}
