package org.regstream.core.pipeline;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.regstream.core.alert.RegistrationFigures;
import org.regstream.core.model.Verdict;
import org.regstream.core.model.Verdict.Judged;
import org.regstream.core.model.Verdict.NotJudged;
import org.regstream.core.quality.FieldQuality;

/** From what is known of the structures to what the alerts need to know. */
public final class AlertFigures {

    private AlertFigures() {}

    /** @param structures in the reference's order; those without a verdict are not predicted */
    public static RegistrationFigures of(String volumeId, Instant acquiredAt, FieldQuality quality,
            List<StructureAssessment> structures) {
        Map<String, Double> entropy = new HashMap<>();
        Map<String, Double> dice = new HashMap<>();
        Map<String, Double> outlineDice = new HashMap<>();
        Map<String, NotJudged> notJudged = new HashMap<>();
        Map<String, Double> coverage = new HashMap<>();
        for (StructureAssessment s : structures) {
            String name = s.structure().name();
            coverage.put(name, s.figures().coverage());
            if (!s.figures().isLost()) {
                entropy.put(name, s.figures().meanEntropyNats());
                s.figures().features().ifPresent(f -> f.worseOutlineDice().ifPresent(d -> outlineDice.put(name, d)));
                s.verdict().ifPresent(verdict -> sort(name, verdict, dice, notJudged));
            }
        }
        return new RegistrationFigures(volumeId, acquiredAt, quality.foldingFraction(), entropy, dice, outlineDice,
                notJudged, coverage);
    }

    private static void sort(String name, Verdict verdict, Map<String, Double> dice,
            Map<String, NotJudged> notJudged) {
        if (verdict instanceof Judged judged) {
            dice.put(name, judged.dice());
        } else if (verdict instanceof NotJudged not) {
            notJudged.put(name, not);
        }
    }
}
