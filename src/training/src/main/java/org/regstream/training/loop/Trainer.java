package org.regstream.training.loop;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.regstream.training.data.PairSampler;
import org.regstream.training.data.Sample;

/** Trains one network. Not thread-safe. */
public final class Trainer implements AutoCloseable {

    /** An epoch's validation costs about a tenth of the epoch. */
    private static final int VALIDATE_EVERY = 5;

    private final TrainingSettings settings;
    private final List<Sample> training;
    private final PairSampler sampler;
    private final RunFolder folder;
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final RegistrationLoss loss;
    private final Adam adam;
    private final Validation validation;
    private TrainingState state;

    /** Continues the run in the folder if it has a checkpoint, else starts one. */
    public Trainer(TrainingSettings settings, List<Sample> training, List<Sample> validation, RunFolder folder)
            throws IOException {
        this.settings = settings;
        this.training = training;
        this.folder = folder;
        sampler = new PairSampler(settings.seed(), training.size(), training.get(0).image().grid().shape());
        loss = new RegistrationLoss(settings);
        adam = new Adam(settings.rate());
        this.validation = new Validation(settings, validation);
        state = folder.hasCheckpoint()
                ? Checkpoint.read(folder.checkpoint()).state(manager)
                : TrainingState.initial(manager, settings.seed());
    }

    /** Is told after each step. */
    @FunctionalInterface
    public interface Listener {
        /** @param done  steps since the start of the run
         *  @param all   steps of the whole run
         *  @param parts loss of this step */
        void stepped(long done, long all, LossParts parts);
    }

    /**
     * Runs until all epochs are done or {@code stop} says so; saves at the end of each epoch and when stopped.
     *
     * @throws DivergenceException if the loss runs away; the last checkpoint stays
     */
    public void run(Listener listener, BooleanSupplier stop) throws IOException {
        long last = (long) settings.epochs() * training.size();
        while (state.progress().steps() < last && !stop.getAsBoolean()) {
            long started = System.nanoTime();
            LossParts parts = step(state.progress().steps());
            double minutes = (System.nanoTime() - started) / 6e10;
            state = state.with(state.progress().after(parts, minutes));
            listener.stepped(state.progress().steps(), last, parts);
            if (state.progress().steps() % training.size() == 0) {
                endEpoch();
            }
        }
        folder.save(settings, state);
    }

    /** One pair: loss, gradient, update. */
    private LossParts step(long number) {
        PairSampler.Draw draw = sampler.draw(number);
        try (NDManager scope = manager.newSubManager()) {
            PairTensors pair = PairTensors.of(scope, training.get(draw.fixed()), training.get(draw.moving()));
            LossParts parts;
            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                NDArray terms = loss.of(scope, pair, draw.poses(), state.weights());
                collector.backward(terms.get(0));
                parts = LossParts.of(terms.toFloatArray());
            }
            state.progress().requireSane(parts);
            NDArray gradient = state.weights().getGradient();
            gradient.attach(scope);
            adam.update(scope, state, gradient, number + 1);
            return parts;
        }
    }

    private void endEpoch() throws IOException {
        int epoch = (int) (state.progress().steps() / training.size());
        LossParts mean = state.progress().sum().dividedBy(training.size());
        state = state.with(state.progress().afterEpoch(mean.total()));
        boolean validate = epoch % VALIDATE_EVERY == 0 || epoch == 1 || epoch == settings.epochs();
        Validation.Result result = validate ? validation.of(state.average().toFloatArray()) : Validation.Result.NONE;
        folder.log(epoch, mean, state.progress().minutes(), result);
        folder.save(settings, state);
    }

    @Override
    public void close() {
        loss.close();
        adam.close();
        validation.close();
        manager.close();
    }
}
