package org.regstream.training.evaluate.method;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.regstream.training.evaluate.method.TrainingPlan.SnapshotChoice;
import org.regstream.training.loop.Optimiser;
import org.regstream.training.loop.Schedule;
import org.regstream.training.loop.TrainedRun;
import org.regstream.training.network.Dropout;

/** Where the members of an ensemble come from (METHODS, Ensembles). */
enum Members {
    /** No ensemble. */
    SINGLE,
    /** N trainings, each on its own random 90 % of the images. */
    BOOTSTRAP {
        @Override
        int trainings() {
            return N;
        }

        @Override
        double share() {
            return 0.9;
        }
    },
    /** N passes of one network with dropout on. */
    DROPOUT {
        @Override
        Dropout dropout() {
            return Dropout.LAST_ENCODER;
        }

        @Override
        int passes() {
            return N;
        }
    },
    /** N of the M weights at the ends of the cycles of one training (Eq. 8). */
    SNAPSHOT {
        @Override
        Optimiser optimiser() {
            return Optimiser.SGD;
        }

        @Override
        Schedule schedule(Schedule adam) {
            return new Schedule(0.1, 20);
        }

        @Override
        List<float[]> weights(List<TrainedRun> runs, TrainingPlan plan, long seed) {
            List<float[]> all = new ArrayList<>(runs.get(0).snapshots());
            if (plan.snapshots() == SnapshotChoice.RANDOM) {
                Collections.shuffle(all, new Random(seed));
            }
            return all.subList(Math.max(0, all.size() - N), all.size());
        }
    };

    /** Members of an ensemble (METHODS). */
    static final int N = 8;

    int trainings() {
        return 1;
    }

    /** Of the images, that each training sees. */
    double share() {
        return 1;
    }

    Dropout dropout() {
        return Dropout.NONE;
    }

    /** Of each network, with its dropout drawn anew, that make members; 1 for none drawn. */
    int passes() {
        return 1;
    }

    Optimiser optimiser() {
        return Optimiser.ADAM;
    }

    /** @param adam Adam's; an optimiser that METHODS gives its own does not read it */
    Schedule schedule(Schedule adam) {
        return adam;
    }

    /** What registers. @param seed of what is chosen */
    List<float[]> weights(List<TrainedRun> runs, TrainingPlan plan, long seed) {
        return runs.stream().map(TrainedRun::weights).toList();
    }
}
