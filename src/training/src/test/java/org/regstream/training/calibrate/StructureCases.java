package org.regstream.training.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.core.model.StructureSummary;

/** Cases without images. */
final class StructureCases {

    private StructureCases() {}

    static StructureCase of(String patient, double dice, double agreement, double similarity) {
        return new StructureCase(patient, "none", 0, "head", dice, Optional.of(new ReliabilityFeatures(
                new StructureSummary(0.1, 0, agreement, 0, 0, 0, 0), 0, similarity)));
    }

    /** Dice is 1 / (1 + exp(-(-2 + 3 agreement + 2 similarity))) plus noise. */
    static List<StructureCase> random(int patients, int each, double noise, long seed) {
        Random random = new Random(seed);
        List<StructureCase> cases = new ArrayList<>();
        for (int p = 0; p < patients; p++) {
            for (int n = 0; n < each; n++) {
                double agreement = random.nextDouble();
                double similarity = random.nextDouble();
                double dice = 1 / (1 + Math.exp(2 - 3 * agreement - 2 * similarity)) + noise * random.nextGaussian();
                cases.add(of("patient " + p, dice, agreement, similarity));
            }
        }
        return cases;
    }
}
