package org.regstream.training.loop;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.regstream.training.data.PairSampler;
import org.regstream.training.data.Sample;

/** Trains one network. Not thread-safe. */
public final class Trainer implements AutoCloseable {

    /** An epoch's validation costs about a tenth of the epoch. */
    private static final int VALIDATE_EVERY = 5;

    static final String ENGINE = "PyTorch";

    private final TrainingSettings settings;
    private final int images;
    private final RunFolder folder;
    private final NDManager manager = NDManager.newBaseManager(ENGINE);
    private final Course course;
    private final Update update;
    private final Validation validation;
    private final long steps;
    private final StringBuilder weightLines = new StringBuilder();
    private TrainingState state;

    /** Continues the run in the folder if it has a checkpoint, else starts one with random weights. */
    public Trainer(TrainingSettings settings, List<Sample> training, List<Sample> validation, RunFolder folder)
            throws IOException {
        this(settings, training, validation, folder,
                settings.network().initialWeights(new Random(settings.seed())));
    }

    /** @param start weights to begin with, unless the folder has a checkpoint. Copied. */
    public Trainer(TrainingSettings settings, List<Sample> training, List<Sample> validation, RunFolder folder,
            float[] start) throws IOException {
        this(settings, drawn(training, settings), validation, folder, start, Course::of);
    }

    /** @param course what the steps learn from, made of the settings and the images */
    Trainer(TrainingSettings settings, List<Sample> seen, List<Sample> validation, RunFolder folder, float[] start,
            BiFunction<TrainingSettings, List<Sample>, Course> course) throws IOException {
        this.settings = settings;
        images = seen.size();
        this.folder = folder;
        steps = (long) settings.epochs() * images;
        this.course = course.apply(settings, seen);
        update = new Update(settings.optimiser());
        this.validation = new Validation(settings, validation);
        state = folder.hasCheckpoint()
                ? Checkpoint.read(folder.checkpoint()).state(manager)
                : TrainingState.initial(manager, start);
    }

    /** The share of the images that a bootstrap run sees, in their order. */
    private static List<Sample> drawn(List<Sample> all, TrainingSettings s) {
        if (s.share() == 1) {
            return all;
        }
        List<Sample> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(s.seed()));
        List<Sample> kept = shuffled.subList(0, (int) Math.ceil(s.share() * all.size()));
        return all.stream().filter(kept::contains).toList();
    }

    /** Where it computes: a GPU if DJL finds one, such as {@code gpu(0)}, else {@code cpu()}. */
    public static String device() {
        return Engine.getEngine(ENGINE).defaultDevice().toString();
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
        while (state.progress().steps() < steps && !stop.getAsBoolean()) {
            long started = System.nanoTime();
            LossParts parts = step(state.progress().steps());
            double minutes = (System.nanoTime() - started) / 6e10;
            state = state.with(state.progress().after(parts, minutes));
            listener.stepped(state.progress().steps(), steps, parts);
            if (state.progress().steps() % images == 0) {
                endEpoch();
            }
        }
        save();
    }

    /** One pair: loss, gradient, update. */
    private LossParts step(long number) throws IOException {
        long seed = PairSampler.seed(settings.seed(), number);
        Engine.getEngine(ENGINE).setRandomSeed((int) (seed >>> 32));
        double drawn = new SplittableRandom(seed).nextDouble();
        LossParts parts;
        try (NDManager scope = manager.newSubManager()) {
            try (GradientCollector collector = Engine.getEngine(ENGINE).newGradientCollector()) {
                NDArray terms = course.terms(scope, number, state, drawn);
                collector.backward(terms.get(0));
                parts = LossParts.of(terms.toFloatArray());
            }
            NDArray gradient = state.weights().getGradient();
            gradient.attach(scope);
            state.progress().requireSane(parts, gradient.norm().getFloat());
            update.apply(scope, state, gradient, number + 1, settings.schedule().at(number + 1, steps));
        }
        note(number + 1, parts);
        return parts;
    }

    /** Keeps what one step leaves behind: a snapshot, and the weights of a mean teacher. */
    private void note(long step, LossParts parts) throws IOException {
        if (settings.schedule().endsCycle(step, steps)) {
            folder.saveSnapshot(settings.schedule().cycle(step, steps), state.weights().toFloatArray());
        }
        if (settings.objective().teacher() != MeanTeacher.NONE) {
            weightLines.append(String.format(Locale.ROOT, "%d,%.6f,%.6f%n", step, parts.get(Term.LAMBDA_PHI),
                    parts.get(Term.LAMBDA_C)));
        }
    }

    private void endEpoch() throws IOException {
        int epoch = (int) (state.progress().steps() / images);
        LossParts mean = state.progress().sum().dividedBy(images);
        state = state.with(state.progress().afterEpoch(mean.total()));
        boolean validate = epoch % VALIDATE_EVERY == 0 || epoch == 1 || epoch == settings.epochs();
        Validation.Result result = validate ? validation.of(state.weights().toFloatArray()) : Validation.Result.NONE;
        folder.log(epoch, mean, state.progress().minutes(), result);
        save();
    }

    private void save() throws IOException {
        if (weightLines.length() > 0) {
            folder.logWeights(weightLines.toString());
            weightLines.setLength(0);
        }
        folder.save(settings, state);
    }

    @Override
    public void close() {
        course.close();
        update.close();
        validation.close();
        manager.close();
    }
}
