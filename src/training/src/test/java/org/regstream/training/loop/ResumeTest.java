package org.regstream.training.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regstream.training.TinyTask;
import org.regstream.training.data.AugmentationSettings;
import org.regstream.training.data.Sample;
import org.regstream.training.network.Conditioning;
import org.regstream.training.network.Dropout;
import org.regstream.training.network.Heads;
import org.regstream.training.network.NetworkDesign;
import org.regstream.training.network.Precision;
import org.regstream.training.network.Preset;

/** Every method of training goes on after an interruption as if there had been none; on one thread, to the bit. */
class ResumeTest {

    private static final int EPOCHS = 3;
    private static final NetworkDesign FAST = NetworkDesign.plain(Preset.FAST, TinyTask.TASK.channels());
    private static final Schedule STEADY = new Schedule(1e-3, 0);

    @TempDir
    Path folder;

    static Stream<Named<TrainingSettings>> methods() {
        NetworkDesign doubtful = FAST.with(Heads.PREDICTIVE_AND_REFINER);
        return Stream.of(Named.of("plain, by Adam", settings(1, FAST, Objective.P1, Optimiser.ADAM, STEADY)),
                Named.of("bootstrap", settings(0.5, doubtful, Objective.P1, Optimiser.ADAM, STEADY)),
                Named.of("dropout",
                        settings(0.5, doubtful.with(Dropout.LAST_ENCODER), Objective.P1, Optimiser.ADAM, STEADY)),
                Named.of("snapshot", settings(0.5, doubtful, Objective.P1, Optimiser.SGD, new Schedule(0.1, 2))),
                Named.of("mean teacher", settings(0.5, FAST.with(Dropout.DECODER),
                        Objective.P2.with(MeanTeacher.AS_ATC), Optimiser.ADAM, STEADY)),
                Named.of("conditioned", settings(0.5, FAST.with(Conditioning.SMOOTHNESS), Objective.P2,
                        Optimiser.ADAM, STEADY)));
    }

    private static TrainingSettings settings(double share, NetworkDesign network, Objective objective,
            Optimiser optimiser, Schedule schedule) {
        return new TrainingSettings(3, EPOCHS, TrainingSettings.RANDOM, share, network, objective,
                AugmentationSettings.FULL, optimiser,
                schedule, Precision.FLOAT32, TinyTask.TASK.grid());
    }

    @ParameterizedTest
    @MethodSource("methods")
    void shouldGiveTheSameBitsAsARunThatNeverStopped(TrainingSettings settings) throws IOException {
        // two images are drawn an epoch: six steps; the interruption lies within the second epoch
        List<Sample> images = TinyTask.samples(settings.share() == 1 ? 2 : 4);
        RunFolder whole = new RunFolder(folder.resolve("whole"));
        RunFolder parts = new RunFolder(folder.resolve("parts"));

        run(settings, images, whole, Long.MAX_VALUE);
        run(settings, images, parts, 3);
        assertThat(parts.trained().steps()).isEqualTo(3);
        run(settings, images, parts, Long.MAX_VALUE);

        requireSame(Checkpoint.read(parts.checkpoint()), Checkpoint.read(whole.checkpoint()));
        assertThat(parts.trained().snapshots()).usingElementComparator(Arrays::compare)
                .containsExactlyElementsOf(whole.trained().snapshots());
        assertThat(parts.trained().snapshots()).hasSize(settings.schedule().cycles());
        assertThat(weightLines(parts)).isEqualTo(weightLines(whole))
                .hasSize(settings.objective().teacher() == MeanTeacher.NONE ? 0 : 6);
    }

    private static void run(TrainingSettings settings, List<Sample> images, RunFolder folder, long stopAfter)
            throws IOException {
        AtomicLong steps = new AtomicLong();
        try (Trainer trainer = new Trainer(settings, images, images.subList(0, 2), folder)) {
            trainer.run((done, all, parts) -> steps.incrementAndGet(), () -> steps.get() >= stopAfter);
        }
    }

    private static void requireSame(Checkpoint.Saved resumed, Checkpoint.Saved uninterrupted) {
        assertThat(resumed.progress().steps()).isEqualTo(6).isEqualTo(uninterrupted.progress().steps());
        assertThat(resumed.progress().sum().toArray()).containsExactly(uninterrupted.progress().sum().toArray());
        assertThat(resumed.weights()).isEqualTo(uninterrupted.weights());
        assertThat(resumed.mean()).isEqualTo(uninterrupted.mean());
        assertThat(resumed.variance()).isEqualTo(uninterrupted.variance());
        assertThat(resumed.teacher()).isEqualTo(uninterrupted.teacher());
        assertThat(resumed.settings()).isEqualTo(uninterrupted.settings());
    }

    /** λφ and λc of a mean teacher's steps. */
    private static List<String> weightLines(RunFolder folder) throws IOException {
        Path file = folder.path().resolve("weights.csv");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
