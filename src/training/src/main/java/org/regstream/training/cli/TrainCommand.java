package org.regstream.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.regstream.core.ConfigurationException;
import org.regstream.training.data.Dataset;
import org.regstream.training.data.Sample;
import org.regstream.training.data.Split;
import org.regstream.training.data.Task;
import org.regstream.training.loop.RunFolder;
import org.regstream.training.loop.Trainer;
import org.regstream.training.loop.TrainingSettings;
import org.regstream.training.network.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "train", mixinStandardHelpOptions = true, showDefaultValues = true, description = {
        "Trains the VoxelMorph network on labelled images.",
        "Ctrl-C ends after the current step with a checkpoint; --resume goes on from there."})
final class TrainCommand implements Callable<Integer> {

    @Option(names = "--data", required = true, description = "folder with images/ and labels/ of NIfTI files")
    private Path data;

    @Option(names = "--out", required = true, description = "folder of the run: checkpoint and log")
    private Path out;

    @Option(names = "--epochs", description = "passes over the training images")
    private int epochs = 40;

    @Option(names = "--seed", description = "of weights, pairs and poses")
    private long seed = 1;

    @Option(names = "--rate", description = "Adam's learning rate")
    private double rate = 3e-4;

    @Option(names = "--smoothness", description = "weight of the smoothness term")
    private double smoothness = 0.01;

    @Option(names = "--precision", description = "of the convolutions: ${COMPLETION-CANDIDATES}")
    private Precision precision = Precision.FLOAT32;

    @Option(names = "--resume", description = "continue the run in --out; it must have been started with the same options")
    private boolean resume;

    @Override
    public Integer call() throws IOException {
        RunFolder folder = new RunFolder(out);
        if (folder.hasCheckpoint() && !resume) {
            throw new ConfigurationException(
                    out + " holds a run already: add --resume to continue it, or choose another --out");
        }
        Task task = Task.HIPPOCAMPUS;
        TrainingSettings settings = new TrainingSettings(seed, epochs, rate, smoothness, task.channels(),
                precision, task.grid());
        Dataset dataset = Dataset.open(data);
        Split split = dataset.split();
        List<Sample> training = dataset.read(split.training(), task);
        List<Sample> validation = dataset.read(split.validation(), task);
        System.out.printf("%d images train, %d validate; %s%n", training.size(), validation.size(), settings);
        try (StopSignal stop = new StopSignal();
                Trainer trainer = new Trainer(settings, training, validation, folder);
                ProgressBar bar = new ProgressBarBuilder().setTaskName("train").setUpdateIntervalMillis(1000).build()) {
            trainer.run(bar, stop);
        }
        return 0;
    }
}
