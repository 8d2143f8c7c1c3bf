package org.regstream.service.cli;

import java.util.ArrayList;
import java.util.List;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.pipeline.StructureFigures;
import org.regstream.service.cli.RegistrationReport.Warning;

/** Holds what was found against a package's limits, as the service's alerts do. */
record Warnings(AlertThresholds limits) {

    List<Warning> of(Findings findings) {
        List<Warning> warnings = new ArrayList<>();
        double folding = findings.quality().foldingFraction();
        if (!(folding <= limits.foldingFraction())) {
            warnings.add(warning("field", "folding", folding, limits.foldingFraction(), "1"));
        }
        findings.structures().forEach(s -> judge(s, warnings));
        return warnings;
    }

    private void judge(Findings.OfStructure found, List<Warning> warnings) {
        StructureFigures s = found.figures();
        String name = s.structure().name();
        double smallest = limits.minPredictedDice().getOrDefault(name, 0.0);
        double entropy = limits.meanEntropyNats().getOrDefault(name, Double.POSITIVE_INFINITY);
        if (s.volumeMm3() == 0) {
            warnings.add(warning(name, "volume", 0, s.referenceMm3(), "mm3"));
        } else if (found.predictedDice().isPresent()) {
            double dice = found.predictedDice().getAsDouble();
            if (dice < smallest) {
                warnings.add(warning(name, "predicted Dice", dice, smallest, "1"));
            }
        } else if (!(s.meanEntropyNats() <= entropy)) {
            warnings.add(warning(name, "label entropy", s.meanEntropyNats(), entropy, "nat"));
        }
    }

    private Warning warning(String of, String figure, double value, double limit, String unit) {
        return new Warning(of, figure, value, limit, unit, limits.version());
    }
}
