package org.regstream.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.regstream.core.ConfigurationException;
import org.regstream.training.data.Dataset;
import org.regstream.training.data.Sample;
import org.regstream.training.data.Task;
import org.regstream.training.loop.RunFolder;
import org.regstream.training.loop.Trainer;
import org.regstream.training.loop.TrainingSettings;
import org.regstream.training.network.Precision;
import org.regstream.training.network.PrecisionProbe;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "train", mixinStandardHelpOptions = true, showDefaultValues = true, sortOptions = false, description = {
        "Trains a registration network on labelled images. The defaults are those of the shipped package.",
        "Ctrl-C ends after the current step with a checkpoint; --resume goes on from there."})
final class TrainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, description = "folder with images/ and labels/ of NIfTI files")
    private Path data;

    @Option(names = "--out", required = true, description = "folder of the run: checkpoint, snapshots and log")
    private Path out;

    @Option(names = "--threads", description = "of PyTorch; 1 is steadier where the machine is shared; 0: all processors")
    private int threads;

    @Option(names = "--resume", description = "continue the run in --out with its own options")
    private boolean resume;

    @Option(names = "--precision", description = "of the convolutions, ${COMPLETION-CANDIDATES}; measured if not given")
    private Precision precision;

    @ArgGroup(exclusive = false, heading = "What decides the numbers (--resume takes these from the checkpoint):%n")
    private final RunOptions run = new RunOptions();

    @Override
    public Integer call() throws IOException {
        RunFolder folder = new RunFolder(out);
        requireSensible(folder);
        Dataset dataset = Dataset.open(data);
        PyTorchThreads.limitTo(threads);
        TrainingSettings settings = resume ? folder.trained().settings() : fresh();
        List<Sample> training = dataset.read(dataset.split().training(), Task.HIPPOCAMPUS);
        List<Sample> validation = dataset.read(dataset.split().validation(), Task.HIPPOCAMPUS);
        spec.commandLine().getOut().printf("%d images train, %d validate, on %s; %s%n", training.size(),
                validation.size(), Trainer.device(), settings);
        try (StopSignal stop = new StopSignal();
                Trainer trainer = trainer(settings, training, validation, folder);
                ProgressBar bar = new ProgressBarBuilder().setTaskName("train").setUpdateIntervalMillis(1000).build()) {
            trainer.run((done, all, parts) -> bar.maxHint(all).stepTo(done).setExtraMessage(parts.toString()), stop);
        }
        return 0;
    }

    private Trainer trainer(TrainingSettings settings, List<Sample> training, List<Sample> validation,
            RunFolder folder) throws IOException {
        Optional<float[]> start = run.start(settings.network());
        return start.isPresent()
                ? new Trainer(settings, training, validation, folder, start.get())
                : new Trainer(settings, training, validation, folder);
    }

    /** Before PyTorch is loaded. */
    private void requireSensible(RunFolder folder) {
        if (!resume && folder.hasCheckpoint()) {
            throw new ConfigurationException(
                    out + " holds a run already: add --resume to continue it, or choose another --out");
        }
        List<String> fixed = spec.commandLine().getParseResult().matchedOptions().stream()
                .filter(o -> o.group() != null || o.longestName().equals("--precision")).map(o -> o.longestName())
                .toList();
        if (resume && !fixed.isEmpty()) {
            throw new ConfigurationException(
                    String.join(", ", fixed) + " belongs to the run and cannot change with --resume; leave it out");
        }
    }

    private TrainingSettings fresh() {
        return run.settings(Task.HIPPOCAMPUS, Objects.requireNonNullElseGet(precision, PrecisionProbe::fastest));
    }
}
