package org.regstream.training.loop;

/**
 * What a run has learned so far.
 *
 * @param settings of the run
 * @param steps    done
 * @param minutes  spent on steps
 * @param weights  running average of the weights. Not to be modified.
 */
public record TrainedRun(TrainingSettings settings, long steps, double minutes, float[] weights) {}
