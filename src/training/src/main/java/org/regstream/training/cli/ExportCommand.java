package org.regstream.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.regstream.core.model.ModelManifest;
import org.regstream.training.data.Dataset;
import org.regstream.training.data.Sample;
import org.regstream.training.data.Split;
import org.regstream.training.data.Task;
import org.regstream.training.export.ModelExport;
import org.regstream.training.loop.RunFolder;
import org.regstream.training.loop.TrainedRun;
import org.regstream.training.template.Template;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "export", mixinStandardHelpOptions = true, showDefaultValues = true, description = {
        "Writes a run's latest checkpoint as a model package:",
        "ONNX graph, template, golden pair, manifest with validation figures and alert thresholds, card.",
        "Fails if ONNX Runtime does not compute what DJL computes."})
final class ExportCommand implements Callable<Integer> {

    @Option(names = "--run", required = true, description = "folder that train --out wrote")
    private Path run;

    @Option(names = "--data", required = true, description = "the folder that the run was trained on")
    private Path data;

    @Option(names = "--out", required = true, description = "folder of the package, such as models/hippocampus")
    private Path out;

    @Option(names = "--template", description = "folder of a package whose template goes into this one; made anew from the training images, which takes"
            + " minutes, if not given")
    private Path template;

    @Option(names = "--release", description = "version of the package")
    private String release = "2026.12";

    @Option(names = "--note", description = "what the run's own settings do not tell; goes into the provenance")
    private String note = "none";

    @Override
    public Integer call() throws IOException {
        TrainedRun trained = new RunFolder(run).trained();
        Dataset dataset = Dataset.open(data);
        Split split = dataset.split();
        Template patient = template == null
                ? TemplateCommand.build(trained, dataset.read(split.training(), Task.HIPPOCAMPUS))
                : Template.read(template);
        List<Sample> validation = dataset.read(split.validation(), Task.HIPPOCAMPUS);
        ModelManifest m = new ModelExport(Task.HIPPOCAMPUS, split, trained, release, note, patient).write(out,
                validation);
        System.out.printf(Locale.ROOT, "%s %s: Dice %.4f (unregistered %.4f), folding %.5f, %d steps%n", m.id(),
                m.version(), m.validation().get("diceMean"), m.validation().get("diceUnregisteredMean"),
                m.validation().get("foldingFractionMean"), trained.steps());
        return 0;
    }
}
