package org.regstream.training.calibrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.DicePredictor;
import org.regstream.core.model.Structure;
import org.regstream.core.uncertainty.Roc;
import org.regstream.onnx.GoldenEnsemble;

/**
 * What a calibration found.
 *
 * @param seed       of the made-up failures
 * @param patients   fixed images
 * @param pairs      as they should be, of both protocols
 * @param each       how many failures each pair met
 * @param kinds      in the order of the plan
 * @param structures in label order
 * @param curves     structure name to its ROC of held-out cases
 */
record CalibrationResult(long seed, int patients, int pairs, int each, List<KindFigures> kinds,
        List<StructureCalibration> structures, Map<String, Roc> curves) {

    /** Patients are dealt to so many groups; each is judged by what was fitted on the others. */
    static final int FOLDS = 5;

    /**
     * Registers all cases of a plan.
     *
     * @param done told how many cases are done, after each
     * @return one a structure of each case
     */
    static List<StructureCase> register(CasePlan plan, GoldenEnsemble.Network network, List<Structure> structures,
            IntConsumer done) {
        List<StructureCase> cases = new ArrayList<>();
        for (int number = 0; number < plan.size(); number++) {
            cases.addAll(StructureCase.of(plan.make(number), network, structures));
            done.accept(number + 1);
        }
        return cases;
    }

    /** @throws org.regstream.core.ConfigurationException if too few cases are bad to fit a limit */
    static CalibrationResult of(CasePlan plan, List<StructureCase> cases, List<Structure> structures) {
        List<StructureCalibration> calibrations = new ArrayList<>();
        Map<String, Roc> curves = new LinkedHashMap<>();
        List<HeldOut.Judged> judged = new ArrayList<>();
        for (Structure s : structures) {
            List<StructureCase> own = cases.stream().filter(c -> c.structure().equals(s.name())).toList();
            HeldOut held = HeldOut.crossValidate(own.stream().filter(StructureCase::counts).toList(), FOLDS);
            calibrations.add(StructureCalibration.of(s.name(), own, held));
            curves.put(s.name(), held.roc());
            judged.addAll(held.cases());
        }
        HeldOut all = new HeldOut(judged);
        List<KindFigures> kinds = plan.kinds().stream().map(kind -> KindFigures.of(kind,
                cases.stream().filter(c -> c.kind().equals(kind)).toList(), all.ofKind(kind))).toList();
        return new CalibrationResult(plan.seed(),
                (int) plan.pairs().stream().map(p -> p.fixed().name()).distinct().count(), plan.pairs().size(),
                plan.each(), kinds,
                calibrations, curves);
    }

    /** The same limits, with predictors of Dice and their limits instead of those they had. */
    AlertThresholds limits(AlertThresholds before, String version, String basis) {
        Map<String, DicePredictor> predictors = new LinkedHashMap<>();
        Map<String, Double> limits = new LinkedHashMap<>();
        for (StructureCalibration s : structures) {
            predictors.put(s.structure(), s.predictor());
            limits.put(s.structure(), s.minPredictedDice());
        }
        return new AlertThresholds(version, before.foldingFraction(), before.meanEntropyNats(), predictors, limits,
                basis);
    }
}
