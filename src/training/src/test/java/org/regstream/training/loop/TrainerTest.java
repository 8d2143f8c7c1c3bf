package org.regstream.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.ConfigurationException;
import org.regstream.training.TinyTask;
import org.regstream.training.data.Sample;

/** PyTorch runs on one thread in tests: sums in the same order give the same bits. */
class TrainerTest {

    @TempDir
    Path folder;
    private final List<Sample> training = TinyTask.samples(4);
    private final List<Sample> validation = TinyTask.samples(2);

    /** Trains until stopped after so many steps of this session. */
    private TrainedRun run(RunFolder run, int epochs, long stopAfter) throws IOException {
        AtomicLong steps = new AtomicLong();
        try (Trainer trainer = new Trainer(TinyTask.settings(epochs), training, validation, run)) {
            trainer.run((done, all, parts) -> steps.incrementAndGet(), () -> steps.get() >= stopAfter);
        }
        return run.trained();
    }

    @Test
    void shouldResumeToTheSameNumbersAsUninterrupted() throws IOException {
        RunFolder whole = new RunFolder(folder.resolve("whole"));
        RunFolder parts = new RunFolder(folder.resolve("parts"));

        TrainedRun uninterrupted = run(whole, 2, Long.MAX_VALUE);
        run(parts, 2, 3);
        TrainedRun resumed = run(parts, 2, Long.MAX_VALUE);

        assertThat(resumed.steps()).isEqualTo(8).isEqualTo(uninterrupted.steps());
        assertThat(resumed.weights()).containsExactly(uninterrupted.weights());
        assertThat(log(parts)).isEqualTo(log(whole));
    }

    /** Lines without the time they took. */
    private static List<String> log(RunFolder run) throws IOException {
        return Files.readAllLines(run.path().resolve("log.jsonl")).stream()
                .map(line -> line.replaceAll("\"minutes\": [0-9.]+", "")).toList();
    }

    @Test
    void shouldLogOneObjectAnEpoch() throws IOException {
        RunFolder run = new RunFolder(folder.resolve("run"));

        run(run, 2, Long.MAX_VALUE);

        assertThat(log(run)).hasSize(2).allMatch(line -> line.startsWith("{\"epoch\": ") && line.endsWith("}"))
                .allMatch(line -> line.contains("\"validationDice\": "));
    }

    @Test
    void shouldKeepTheOldCheckpointWholeWhenWritingFails() throws IOException {
        RunFolder run = new RunFolder(folder.resolve("run"));
        TrainedRun before = run(run, 2, 1);
        Files.createDirectories(run.path().resolve("checkpoint.bin.new/occupied"));

        assertThatThrownBy(() -> run(run, 2, 1)).isInstanceOf(IOException.class);

        assertThat(run.trained().weights()).containsExactly(before.weights());
    }

    /** The loss is 0 in every step; the last one of the second epoch has a gradient of 0 / 0. */
    @Test
    void shouldKeepTheLastCheckpointWhenAGradientIsNoNumber() throws IOException {
        // given
        RunFolder run = new RunFolder(folder.resolve("run"));
        long bad = 2 * training.size() - 1;
        float[] start = TinyTask.settings(2).network().initialWeights(new Random(3));

        // when
        assertThatThrownBy(() -> {
            try (Trainer trainer = trainer(run, start, bad)) {
                trainer.run((done, all, parts) -> {
                }, () -> false);
            }
        }).isInstanceOf(DivergenceException.class).hasMessageContaining("step " + (bad + 1));

        // then
        assertThat(run.trained().steps()).isEqualTo(training.size());
        assertThat(run.trained().weights()).containsExactly(start);
    }

    private Trainer trainer(RunFolder run, float[] start, long bad) throws IOException {
        return new Trainer(TinyTask.settings(2), training, validation, run, start,
                (settings, images) -> new RootOfNothing(bad));
    }

    /** The loss is the sum of the roots of w - w, once; of nothing, which leaves the weights as they are, else. */
    private record RootOfNothing(long bad) implements Course {

        @Override
        public NDArray terms(NDManager scope, long number, TrainingState state, double drawn) {
            NDArray nothing = state.weights().sub(state.weights());
            NDArray loss = number == bad ? nothing.sqrt().sum() : nothing.sum();
            NDArray others = scope.zeros(new Shape(Term.values().length - 1));
            NDArray terms = loss.reshape(1).concat(others);
            terms.attach(scope);
            return terms;
        }

        @Override
        public void close() {}
    }

    @Test
    void shouldRefuseAFileThatIsNoCheckpoint() throws IOException {
        RunFolder run = new RunFolder(folder);
        Files.write(run.checkpoint(), new byte[100]);

        assertThatThrownBy(run::trained).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("not a checkpoint");
    }
}
