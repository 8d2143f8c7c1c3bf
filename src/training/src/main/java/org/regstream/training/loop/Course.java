package org.regstream.training.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.regstream.training.data.Augmentation;
import org.regstream.training.data.PairSampler;
import org.regstream.training.data.Sample;
import org.regstream.training.network.Heads;

/** What a step learns from, and how far it is from right. Depends on the number of the step and the weights. */
interface Course extends AutoCloseable {

    /**
     * @param number of the step, from 0
     * @param drawn  a number in [0, 1) for this step
     * @return the terms in the order of {@link Term}, owned by {@code scope}; a gradient flows from the first
     */
    NDArray terms(NDManager scope, long number, TrainingState state, double drawn);

    @Override
    void close();

    static Course of(TrainingSettings settings, List<Sample> images) {
        return settings.network().heads() == Heads.TWIN
                ? new TwinCourse(settings, images)
                : new PaperCourse(settings, images);
    }

    /** Pairs and losses of the papers. */
    final class PaperCourse implements Course {
        private final PairSource pairs;
        private final RegistrationLoss loss;

        PaperCourse(TrainingSettings settings, List<Sample> images) {
            Augmentation augmentation = new Augmentation(settings.augmentation(), images.get(0).image().grid().shape());
            pairs = new PairSource(new PairSampler(settings.seed(), images.size(), augmentation), images,
                    settings.network().channels());
            loss = new RegistrationLoss(settings);
        }

        @Override
        public NDArray terms(NDManager scope, long number, TrainingState state, double drawn) {
            return loss.of(scope, pairs.pair(scope, number), state, drawn);
        }

        @Override
        public void close() {
            pairs.close();
            loss.close();
        }
    }
}
