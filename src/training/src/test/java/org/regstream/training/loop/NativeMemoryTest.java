package org.regstream.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.model.ModelGrid;
import org.regstream.training.TinyTask;
import org.regstream.training.data.AugmentationSettings;
import org.regstream.training.data.Dataset;
import org.regstream.training.data.Sample;
import org.regstream.training.data.Task;
import org.regstream.training.network.Heads;
import org.regstream.training.network.NetworkDesign;
import org.regstream.training.network.Precision;
import org.regstream.training.network.Preset;

/** Native memory is invisible to the heap: the process itself is watched over a long training. */
class NativeMemoryTest {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int EPOCHS = 200;
    private static final int SETTLED = 50;

    /** Of 300 steps: a tensor of 140 KB left behind by each would show; that of the augmented pair takes 160. */
    private static final long MOST_GROWTH_KB = 40 * 1024;

    @TempDir
    Path folder;

    @Test
    void shouldNotGrowOverTwoHundredEpochs() throws IOException {
        assumeTrue(Files.isReadable(STATUS), "no " + STATUS + ": the process's memory can only be read on Linux");
        Task task = new Task("tiny", new ModelGrid(16, 16, 16, 1, "RAS"), TinyTask.TASK.intensity(),
                TinyTask.TASK.structures(), "synthetic");
        TinyTask.write(folder, 2);
        List<Sample> images = Dataset.open(folder).read(Dataset.open(folder).names(), task);
        NetworkDesign network = NetworkDesign.plain(Preset.FAST, task.channels()).with(Heads.PREDICTIVE_AND_REFINER);
        TrainingSettings settings = new TrainingSettings(1, EPOCHS, TrainingSettings.RANDOM, 1, network, Objective.P1,
                AugmentationSettings.FULL, Optimiser.ADAM, new Schedule(1e-4, 0), Precision.FLOAT32, task.grid());
        Map<Long, Long> residentKb = new HashMap<>();

        try (Trainer trainer = new Trainer(settings, images, images, new RunFolder(folder.resolve("run")))) {
            trainer.run((done, all, parts) -> {
                if (done == SETTLED * images.size() || done == all) {
                    residentKb.put(done, residentKb());
                }
            }, () -> false);
        }

        long early = residentKb.get((long) SETTLED * images.size());
        long late = residentKb.get((long) EPOCHS * images.size());
        assertThat(late - early).as("KB more after epoch 200 than after epoch 50, when it held %d", early)
                .isLessThan(MOST_GROWTH_KB);
    }

    /** After a collection, so that arrays which only wait for it do not count. */
    private static long residentKb() {
        System.gc();
        try {
            return Files.readAllLines(STATUS).stream().filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + STATUS, e);
        }
    }
}
