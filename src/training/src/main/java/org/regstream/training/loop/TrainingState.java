package org.regstream.training.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Everything that a run changes, each a vector in the order of the network's layers. The arrays belong to the manager that
 * made them.
 *
 * @param weights  of the network, the student; require a gradient
 * @param mean     the optimiser's first moment
 * @param variance the optimiser's second moment
 * @param teacher  running average of the weights
 * @param progress steps done, sums of the running epoch
 */
record TrainingState(NDArray weights, NDArray mean, NDArray variance, NDArray teacher, Progress progress) {

    static TrainingState initial(NDManager manager, float[] start) {
        return of(manager, start, new float[start.length], new float[start.length], start, Progress.START);
    }

    static TrainingState of(NDManager manager, float[] weights, float[] mean, float[] variance, float[] teacher,
            Progress progress) {
        NDArray w = manager.create(weights);
        w.setRequiresGradient(true);
        return new TrainingState(w, manager.create(mean), manager.create(variance), manager.create(teacher), progress);
    }

    TrainingState with(Progress next) {
        return new TrainingState(weights, mean, variance, teacher, next);
    }
}
