package org.regstream.training.loop;

import java.util.List;

/**
 * What a run has learned so far.
 *
 * @param settings  of the run
 * @param steps     done
 * @param minutes   spent on steps
 * @param weights   of the network: of the student where there is a teacher. Not to be modified.
 * @param teacher   running average of the weights, which a mean teacher estimates with. Not to be modified.
 * @param snapshots weights at the end of each cycle of the learning rate, in their order. Not to be modified.
 */
public record TrainedRun(TrainingSettings settings, long steps, double minutes, float[] weights, float[] teacher,
        List<float[]> snapshots) {

    public TrainedRun {
        snapshots = List.copyOf(snapshots);
    }
}
