package org.regstream.training.evaluate.method;

import java.util.Locale;
import org.regstream.training.network.Preset;

/**
 * What the trainings of all rows share, besides their budget.
 *
 * @param preset    size of the networks
 * @param rate      Adam's learning rate, in P2's rows its mean; METHODS: 1e-4, for 200 epochs
 * @param snapshots which members a snapshot ensemble takes
 */
public record TrainingPlan(Preset preset, double rate, SnapshotChoice snapshots) {

    /** N of the M snapshots of a training. */
    public enum SnapshotChoice {
        /** At random, as P1 does. */
        RANDOM,
        /** The last ones, which were trained longest. */
        LAST
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "preset %s, Adam %s, snapshots %s", preset, rate, snapshots)
                .toLowerCase(Locale.ROOT);
    }
}
