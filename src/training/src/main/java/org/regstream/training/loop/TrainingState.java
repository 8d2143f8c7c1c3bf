package org.regstream.training.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Random;
import org.regstream.training.network.VoxelMorph;

/**
 * Everything that a run changes, each a vector in the order of {@link VoxelMorph}. The arrays belong to the manager that
 * made them.
 *
 * @param weights  of the network; require a gradient
 * @param mean     Adam's first moment
 * @param variance Adam's second moment
 * @param average  running average of the weights
 * @param progress steps done, sums of the running epoch
 */
record TrainingState(NDArray weights, NDArray mean, NDArray variance, NDArray average, Progress progress) {

    static TrainingState initial(NDManager manager, long seed) {
        float[] start = VoxelMorph.initialWeights(new Random(seed));
        return of(manager, start, new float[start.length], new float[start.length], start, Progress.START);
    }

    static TrainingState of(NDManager manager, float[] weights, float[] mean, float[] variance, float[] average,
            Progress progress) {
        NDArray w = manager.create(weights);
        w.setRequiresGradient(true);
        return new TrainingState(w, manager.create(mean), manager.create(variance), manager.create(average), progress);
    }

    TrainingState with(Progress next) {
        return new TrainingState(weights, mean, variance, average, next);
    }
}
