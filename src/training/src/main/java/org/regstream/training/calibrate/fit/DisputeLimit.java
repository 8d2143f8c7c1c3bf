package org.regstream.training.calibrate.fit;

import java.util.List;
import java.util.OptionalDouble;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.training.calibrate.cases.People;
import org.regstream.training.calibrate.cases.StructureCase;

/**
 * From which overlap on the network's own outlines and the labels do not dispute each other: so low that of well carried structures of
 * clean pairs, one patient's and two people's each, at most {@value #FALSE_DISPUTES} are disputed.
 */
final class DisputeLimit {

    /** Half of what is allowed, since other patients are no better. */
    static final double FALSE_DISPUTES = 0.01;

    /** Where not even one of few cases may be disputed, the limit lies so far below the lowest. */
    private static final double MARGIN = 0.02;

    private DisputeLimit() {}

    /** The lesser of both outlines' overlap, on the live and on the pre-operative image; empty if the structure is unknown or lost. */
    static OptionalDouble agreement(StructureCase c) {
        return c.features().map(ReliabilityFeatures::worseOutlineDice).orElse(OptionalDouble.empty());
    }

    /** @return empty if no well carried structure of a clean pair has outlines */
    static OptionalDouble of(List<StructureCase> cases) {
        OptionalDouble limit = OptionalDouble.empty();
        for (People people : People.values()) {
            double[] values = cases.stream().filter(c -> c.kind().isClean() && c.kind().people() == people
                    && c.dice() >= StructureCase.GOOD_DICE)
                    .map(DisputeLimit::agreement).filter(OptionalDouble::isPresent)
                    .mapToDouble(OptionalDouble::getAsDouble).sorted().toArray();
            if (values.length > 0) {
                double own = below(values);
                limit = OptionalDouble.of(limit.isPresent() ? Math.min(limit.getAsDouble(), own) : own);
            }
        }
        return limit;
    }

    private static double below(double[] sorted) {
        int allowed = (int) (FALSE_DISPUTES * sorted.length);
        double next = allowed == 0 ? sorted[0] - 2 * MARGIN : sorted[allowed - 1];
        return Math.max(0, (next + sorted[allowed]) / 2);
    }
}
