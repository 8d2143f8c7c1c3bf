package org.regstream.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.regstream.training.data.Dataset;
import org.regstream.training.data.Sample;
import org.regstream.training.data.Task;
import org.regstream.training.loop.RunFolder;
import org.regstream.training.loop.TrainedRun;
import org.regstream.training.network.TrainedNetwork;
import org.regstream.training.template.Template;
import org.regstream.training.template.TemplateBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "template", mixinStandardHelpOptions = true, description = {
        "Averages the training images, registered to one another by a trained network, into template/ of a folder.",
        "export does this too."})
final class TemplateCommand implements Callable<Integer> {

    private static final int ROUNDS = 3;

    @Option(names = "--run", required = true, description = "folder that train --out wrote")
    private Path run;

    @Option(names = "--data", required = true, description = "the folder that the run was trained on")
    private Path data;

    @Option(names = "--out", required = true, description = "folder to write template/ into")
    private Path out;

    @Override
    public Integer call() throws IOException {
        Dataset dataset = Dataset.open(data);
        List<Sample> training = dataset.read(dataset.split().training(), Task.HIPPOCAMPUS);
        build(new RunFolder(run).trained(), training).write(out);
        return 0;
    }

    static Template build(TrainedRun run, List<Sample> training) {
        try (TrainedNetwork network = new TrainedNetwork(run.settings().network(), run.settings().precision());
                ProgressBar bar = new ProgressBar("template", (ROUNDS + 1L) * training.size())) {
            network.setWeights(run.weights());
            return TemplateBuilder.build(network, Task.HIPPOCAMPUS, training, ROUNDS, sample -> bar.step());
        }
    }
}
