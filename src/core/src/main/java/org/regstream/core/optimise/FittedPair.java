package org.regstream.core.optimise;

import java.time.Duration;
import org.regstream.core.model.Look;
import org.regstream.core.optimise.InstanceOptimisation.Progress;
import org.regstream.core.pipeline.NetworkInput;
import org.regstream.core.pipeline.PairFit;
import org.regstream.core.volume.DisplacementField;

/**
 * Fits by {@link InstanceOptimisation}: the labels that are carried and the networks' outlines are not looked at.
 *
 * @param settings of every fit; its time limit is cut to the budget
 */
public record FittedPair(OptimisationSettings settings) implements PairFit {

    @Override
    public DisplacementField fit(NetworkInput in, Look look, DisplacementField start, Duration budget) {
        Duration limit = budget.compareTo(settings.timeLimit()) < 0 ? budget : settings.timeLimit();
        OptimisationSettings limited = new OptimisationSettings(settings.similarity(), settings.smoothness(),
                settings.levels(), limit);
        ImagePair pair = new ImagePair(in.fixed(), in.inside(), in.moving(), in.movingInside());
        return new InstanceOptimisation(limited).optimise(pair, start, Progress.NONE).field();
    }
}
