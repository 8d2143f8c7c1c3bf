package org.regstream.tools.register;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.regstream.core.alert.AlertPolicy;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.core.model.Verdict;
import org.regstream.core.model.Verdict.Judged;
import org.regstream.core.model.Verdict.NotJudged;
import org.regstream.core.pipeline.StructureAssessment;
import org.regstream.core.pipeline.StructureFigures;
import org.regstream.tools.register.RegistrationReport.Warning;

/** Holds what was found against a package's limits, as the service's alerts do. */
record Warnings(AlertThresholds limits) {

    private static final String NO_UNIT = "1";

    List<Warning> of(Findings findings) {
        List<Warning> warnings = new ArrayList<>();
        double folding = findings.overlay().quality().foldingFraction();
        if (!(folding <= limits.foldingFraction())) {
            warnings.add(warning("field", "folding", folding, limits.foldingFraction(), NO_UNIT));
        }
        findings.figures().structures().forEach(s -> judge(s, warnings));
        return warnings;
    }

    private void judge(StructureAssessment found, List<Warning> warnings) {
        StructureFigures s = found.figures();
        String name = s.structure().name();
        if (s.isLost()) {
            warnings.add(warning(name, "volume", 0, s.referenceMm3(), "mm3"));
            return;
        }
        judgeOutline(name, s, found.verdict().orElse(null), warnings);
        Double smallest = limits.minOutlineDice().get(name);
        OptionalDouble outline = s.features().map(ReliabilityFeatures::worseOutlineDice).orElse(OptionalDouble.empty());
        if (smallest != null && outline.isPresent() && outline.getAsDouble() < smallest) {
            warnings.add(warning(name, "outline Dice", outline.getAsDouble(), smallest, NO_UNIT));
        }
        if (s.coverage() < AlertPolicy.WHOLE) {
            warnings.add(warning(name, "coverage", s.coverage(), AlertPolicy.WHOLE, NO_UNIT));
        }
    }

    private void judgeOutline(String name, StructureFigures s, Verdict verdict, List<Warning> warnings) {
        OptionalDouble smallest = limits.minPredictedDiceOf(name);
        OptionalDouble entropy = limits.meanEntropyOf(name);
        if (verdict instanceof NotJudged not) {
            warnings.add(warning(name, "not judged: " + not.feature(), not.value(),
                    not.value() > not.high() ? not.high() : not.low(), NO_UNIT));
        }
        if (verdict instanceof Judged judged && smallest.isPresent()) {
            if (judged.dice() < smallest.getAsDouble()) {
                warnings.add(warning(name, "predicted Dice", judged.dice(), smallest.getAsDouble(), NO_UNIT));
            }
        } else if (entropy.isPresent() && !(s.meanEntropyNats() <= entropy.getAsDouble())) {
            warnings.add(warning(name, "label entropy", s.meanEntropyNats(), entropy.getAsDouble(), "nat"));
        } else if (entropy.isEmpty() && smallest.isEmpty()) {
            warnings.add(new Warning(name, "not judged: no limits", null, null, NO_UNIT, limits.version()));
        }
    }

    private Warning warning(String of, String figure, double value, double limit, String unit) {
        return new Warning(of, figure, Double.isFinite(value) ? value : null, limit, unit, limits.version());
    }
}
