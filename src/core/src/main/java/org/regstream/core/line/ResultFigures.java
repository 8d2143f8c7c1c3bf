package org.regstream.core.line;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.regstream.core.model.Verdict.Judged;
import org.regstream.core.pipeline.Choice;
import org.regstream.core.pipeline.FieldSource;
import org.regstream.core.pipeline.Placement;
import org.regstream.core.pipeline.Score;
import org.regstream.core.pipeline.Seen;
import org.regstream.core.pipeline.StructureAssessment;
import org.regstream.core.procedure.LabelSource;

/**
 * What is told of a result beside its labels: where they come from, and all that a verdict on them looked at.
 *
 * @param labelSource refined if any structure is; each says it of itself
 * @param field       which candidate carried them
 * @param candidates  scores of all candidates that there were
 * @param structures  in the reference's order; without verdicts of a single network
 * @param placement   how the images lay before
 */
public record ResultFigures(LabelSource labelSource, FieldSource field, Map<FieldSource, Score> candidates,
        List<StructureAssessment> structures, Placement placement) {

    public ResultFigures {
        candidates = Map.copyOf(candidates);
        structures = List.copyOf(structures);
    }

    public static ResultFigures of(Seen seen) {
        Choice choice = seen.overlay().choice();
        List<StructureAssessment> structures = seen.assessments();
        boolean isRefined = structures.stream().anyMatch(s -> s.figures().source() == LabelSource.REFINED);
        return new ResultFigures(isRefined ? LabelSource.REFINED : LabelSource.CARRIED, choice.source(),
                choice.scores(), structures, seen.placement());
    }

    /** @return structure name to the Dice to expect of it; without the structures that none is predicted for */
    public Map<String, Double> predictedDice() {
        Map<String, Double> dice = new HashMap<>();
        for (StructureAssessment s : structures) {
            if (s.verdict().orElse(null) instanceof Judged judged) {
                dice.put(s.structure().name(), judged.dice());
            }
        }
        return dice;
    }
}
