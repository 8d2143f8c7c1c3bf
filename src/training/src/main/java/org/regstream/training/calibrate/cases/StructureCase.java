package org.regstream.training.calibrate.cases;

import java.util.Optional;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.training.evaluate.table.RowResult;

/**
 * How one structure of one case came out.
 *
 * @param patient   whose live image it is
 * @param kind      of pair and failure
 * @param severity  of the failure
 * @param structure name
 * @param dice      of carried and true labels where the truth is known, [0, 1]
 * @param features  empty if the structure has no voxel left: the service says that it is not found
 */
public record StructureCase(String patient, CaseKind kind, double severity, String structure, double dice,
        Optional<ReliabilityFeatures> features) {

    /** METHODS: a structure with a Dice below this came out badly. */
    public static final double BAD_DICE = RowResult.BAD_DICE;

    /** From this on it came out well: an alert is a false one. */
    public static final double GOOD_DICE = 0.8;

    /** Below this, silence would be a disaster. */
    public static final double DISASTER_DICE = 0.6;

    public StructureCase {
        if (!(dice >= 0 && dice <= 1)) {
            throw new IllegalArgumentException("a case needs a Dice in [0, 1], got " + dice);
        }
    }

    public boolean isLost() {
        return features.isEmpty();
    }

    public boolean isBad() {
        return dice < BAD_DICE;
    }
}
