package org.regstream.training.calibrate.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.training.calibrate.cases.CaseKind;
import org.regstream.training.calibrate.cases.People;
import org.regstream.training.calibrate.cases.Side;
import org.regstream.training.calibrate.cases.StructureCase;

/** Cases without images. */
final class StructureCases {

    static final CaseKind CLEAN = new CaseKind(People.ONE_PATIENT, Side.NOTHING, "combined", false);
    static final CaseKind CLEAN_PEOPLE = new CaseKind(People.TWO_PEOPLE, Side.NOTHING, "fixed pairs", false);
    static final CaseKind SWAPPED = new CaseKind(People.ONE_PATIENT, Side.GIVEN_LABELS, "labels swapped", true);

    private StructureCases() {}

    static StructureCase of(String patient, double dice, double agreement, double similarity) {
        return of(CLEAN, patient, dice, agreement, similarity, 0.9);
    }

    static StructureCase of(CaseKind kind, String patient, double dice, double agreement, double similarity,
            double outlines) {
        return new StructureCase(patient, kind, 0, "head", dice,
                Optional.of(new ReliabilityFeatures(0.1, 0.2, 0.3, agreement, 0, 0, 0, similarity,
                        OptionalDouble.of(0.9), OptionalDouble.of(outlines), OptionalDouble.of(outlines))));
    }

    static StructureCase lost(String patient) {
        return new StructureCase(patient, CLEAN, 0, "head", 0, Optional.empty());
    }

    /** Dice is 1 / (1 + exp(-(-2 + 3 agreement + 2 similarity + noise))), alternately of one patient and of two people. */
    static List<StructureCase> random(int patients, int each, double noise, long seed) {
        Random random = new Random(seed);
        List<StructureCase> cases = new ArrayList<>();
        for (int p = 0; p < patients; p++) {
            for (int n = 0; n < each; n++) {
                double agreement = random.nextDouble();
                double similarity = random.nextDouble();
                double z = -2 + 3 * agreement + 2 * similarity + noise * random.nextGaussian();
                cases.add(of(n % 2 == 0 ? CLEAN : CLEAN_PEOPLE, "patient " + p, Linear.logistic(z), agreement,
                        similarity, 0.9));
            }
        }
        return cases;
    }
}
