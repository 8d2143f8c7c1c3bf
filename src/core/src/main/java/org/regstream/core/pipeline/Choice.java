package org.regstream.core.pipeline;

import java.time.Duration;
import java.util.Map;
import org.regstream.core.carry.PulledPair;
import org.regstream.core.volume.DisplacementField;

/**
 * The field that was chosen for a volume.
 *
 * @param source where it comes from
 * @param pulled the pair along it
 * @param scores of all candidates that were there to choose from
 * @param time   that fitting and choosing took
 */
public record Choice(FieldSource source, PulledPair pulled, Map<FieldSource, Score> scores, Duration time) {

    public Choice {
        scores = Map.copyOf(scores);
        if (!scores.containsKey(source)) {
            throw new IllegalArgumentException("the chosen " + source + " must have a score, got " + scores.keySet());
        }
    }

    /** On the window, voxels. */
    public DisplacementField field() {
        return pulled.field();
    }

    /** Of the chosen field. */
    public Score score() {
        return scores.get(source);
    }
}
