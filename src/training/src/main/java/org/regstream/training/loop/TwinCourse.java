package org.regstream.training.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.regstream.core.geometry.Grid;
import org.regstream.training.data.PairMaker;
import org.regstream.training.data.PairSampler;
import org.regstream.training.data.Sample;
import org.regstream.training.data.SimulatedPair;
import org.regstream.training.data.Task;

/**
 * Each step shows two pairs: one patient before and after a motion that is known, and two people. Both in one batch, since
 * convolutions of one item take a slower way through PyTorch on processors.
 */
final class TwinCourse implements Course {

    private final long seed;
    private final List<Sample> images;
    private final PairMaker maker;
    private final TwinLoss loss;
    private final Ahead ahead;

    TwinCourse(TrainingSettings settings, List<Sample> images) {
        this.seed = settings.seed();
        this.images = images;
        maker = PairMaker.training(images.get(0).image().grid(), Task.HIPPOCAMPUS.intensity());
        loss = new TwinLoss(settings);
        ahead = new Ahead(this::make);
    }

    @Override
    public NDArray terms(NDManager scope, long number, TrainingState state, double drawn) {
        return loss.of(ahead.take(scope, number), state);
    }

    private NDList make(NDManager scope, long step) {
        RandomGenerator random = new SplittableRandom(PairSampler.seed(seed, step));
        SimulatedPair one = maker.onePatient(random, images.get(random.nextInt(images.size())));
        int fixed = random.nextInt(images.size());
        int moving = (fixed + 1 + random.nextInt(images.size() - 1)) % images.size();
        SimulatedPair two = maker.twoPeople(random, images.get(fixed), images.get(moving));
        return tensors(scope, one, two);
    }

    /** As {@link TwinLoss} takes them. */
    static NDList tensors(NDManager scope, SimulatedPair one, SimulatedPair two) {
        Grid g = one.truth().grid();
        PairTensors pairs = PairTensors.of(scope, one.fixed(), two.fixed(), one.moving(), two.moving());
        return new NDList(pairs.images(), pairs.labels(), pairs.masks(),
                scope.create(one.truth().components(), new Shape(1, 3, g.depth(), g.height(), g.width())),
                PairTensors.mask(scope, g, one.known()));
    }

    @Override
    public void close() {
        ahead.close();
        loss.close();
    }
}
