package org.regstream.service.testing;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.line.ResultFigures;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.core.model.Structure;
import org.regstream.core.model.Verdict;
import org.regstream.core.model.Verdict.Judged;
import org.regstream.core.pipeline.FieldSource;
import org.regstream.core.pipeline.Placement;
import org.regstream.core.pipeline.Score;
import org.regstream.core.pipeline.StructureAssessment;
import org.regstream.core.pipeline.StructureFigures;
import org.regstream.core.procedure.LabelSource;

/** Made-up figures of results. */
public final class Figures {

    /** Of every structure. */
    public static final ReliabilityFeatures FEATURES = new ReliabilityFeatures(0.25, 0.5, 0.75, 0.9, 0.125, 0.5, 0.0625,
            0.8, OptionalDouble.of(0.85), OptionalDouble.of(0.95), OptionalDouble.empty());

    private static final Grid WINDOW = new Grid(2, 2, 2, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1));
    /** As the procedure says: nothing turned, nothing moved. */
    private static final Placement PLACEMENT = new Placement(WINDOW, WINDOW);

    private Figures() {}

    /** Carried along the network's field; a structure without a Dice has no verdict. */
    public static ResultFigures of(List<Structure> structures, Map<String, Double> dice) {
        return of(LabelSource.CARRIED,
                structures.stream().map(s -> assessment(s, Optional.ofNullable(dice.get(s.name()))
                        .map(d -> new Judged(d, d - 0.125, Math.min(1, d + 0.0625))))).toList());
    }

    /** Along the network's field. */
    public static ResultFigures of(LabelSource source, List<StructureAssessment> structures) {
        Map<FieldSource, Score> candidates = new EnumMap<>(FieldSource.class);
        candidates.put(FieldSource.ALIGNMENT, new Score(0.5, 0.25, 0.5, 0));
        candidates.put(FieldSource.NETWORK, new Score(1.25, 0.75, 1, 0.125));
        return new ResultFigures(source, FieldSource.NETWORK, candidates, structures, PLACEMENT);
    }

    public static StructureAssessment assessment(Structure structure, Optional<? extends Verdict> verdict) {
        return new StructureAssessment(new StructureFigures(structure, LabelSource.CARRIED, 100, 80, 1,
                Optional.of(FEATURES)), verdict.map(Verdict.class::cast));
    }
}
