package org.regstream.training.calibrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.DicePredictor;
import org.regstream.core.model.GenericLimits;
import org.regstream.core.model.Structure;
import org.regstream.training.calibrate.cases.CaseFiles;
import org.regstream.training.calibrate.cases.CaseKind;
import org.regstream.training.calibrate.cases.People;
import org.regstream.training.calibrate.cases.StructureCase;
import org.regstream.training.calibrate.fit.ErrorScale;
import org.regstream.training.calibrate.fit.Fitted;
import org.regstream.training.calibrate.fit.HeldOut;
import org.regstream.training.calibrate.fit.KindFigures;
import org.regstream.training.calibrate.fit.MapTable;
import org.regstream.training.calibrate.fit.StructureCalibration;

/**
 * What a calibration found.
 *
 * @param seed       of the made-up cases
 * @param each       how many cases each kind of failure got, of one patient and of two people each
 * @param patients   whose images
 * @param scale      of expected errors
 * @param structures in label order
 * @param generic    for structures that the package does not know
 * @param kinds      of pairs and failures, in the order of the plan
 * @param maps       of one patient and of two people
 */
record CalibrationResult(long seed, int each, int patients, ErrorScale scale, List<StructureCalibration> structures,
        StructureCalibration generic, List<KindFigures> kinds, List<MapTable> maps) {

    /** What stands for all structures that the package does not know. */
    static final String ANY_OTHER = "any other structure";

    /** @throws org.regstream.core.ConfigurationException if too few cases are bad to fit a limit */
    static CalibrationResult of(CaseFiles cases, List<Structure> structures, int each, long seed) {
        List<StructureCalibration> calibrations = new ArrayList<>();
        for (Structure s : structures) {
            calibrations.add(StructureCalibration.of(s.name(),
                    cases.structures().stream().filter(c -> c.structure().equals(s.name())).toList(), false));
        }
        HeldOut all = HeldOut.union(calibrations.stream().map(StructureCalibration::held).toList());
        List<CaseKind> kinds = cases.structures().stream().map(StructureCase::kind).distinct().toList();
        List<MapTable> maps = new ArrayList<>();
        for (People people : People.values()) {
            maps.add(MapTable.of(people, cases.maps()));
        }
        return new CalibrationResult(seed, each,
                (int) cases.structures().stream().map(StructureCase::patient).distinct().count(),
                ErrorScale.of(cases.scales()), calibrations,
                StructureCalibration.of(ANY_OTHER, cases.structures(), true),
                kinds.stream().map(kind -> KindFigures.of(kind, all)).toList(), maps);
    }

    /** The same limit of folding; everything else as fitted. */
    AlertThresholds limits(AlertThresholds before, String version, String basis) {
        Map<String, DicePredictor> predictors = new LinkedHashMap<>();
        Map<String, Double> dice = new LinkedHashMap<>();
        Map<String, Double> outlines = new LinkedHashMap<>();
        Map<String, Double> entropy = new LinkedHashMap<>();
        for (StructureCalibration s : structures) {
            Fitted f = s.fitted();
            predictors.put(s.structure(), f.predictor());
            dice.put(s.structure(), f.minPredictedDice());
            entropy.put(s.structure(), f.meanEntropyNats());
            f.minOutlineDice().ifPresent(limit -> outlines.put(s.structure(), limit));
        }
        Fitted other = generic.fitted();
        return new AlertThresholds(version, before.foldingFraction(), entropy, predictors, dice, outlines,
                Optional.of(new GenericLimits(other.meanEntropyNats(), other.predictor(), other.minPredictedDice())),
                scale.value(), basis);
    }
}
