package org.regstream.training.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.regstream.core.ConfigurationException;
import org.regstream.onnx.OnnxModel;
import org.regstream.onnx.OnnxSettings;
import org.regstream.training.data.Dataset;
import org.regstream.training.data.Sample;
import org.regstream.training.data.Task;
import org.regstream.training.evaluate.Evaluation;
import org.regstream.training.evaluate.EvaluationReport;
import org.regstream.training.evaluate.Protocol;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "evaluate", mixinStandardHelpOptions = true, showDefaultValues = true, sortOptions = false, description = {
        "With --model: registers labelled images by a model package on ONNX Runtime and prints overlap, distances and field"
                + " quality.",
        "With --methods: trains and measures rows of both papers' tables at an equal budget, and writes tables and a report."
                + " --model then adds the package as a row."})
final class EvaluateCommand implements Callable<Integer> {

    enum Part {
        VALIDATION, TRAINING, ALL
    }

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", description = "folder of the package, such as models/hippocampus")
    private Path model;

    @Option(names = "--data", required = true, description = "folder with images/ and labels/ of NIfTI files")
    private Path data;

    @Option(names = "--protocol", description = "pairs: image i fixed, i + 1 moving; atlas: the most similar training image"
            + " moving. ${COMPLETION-CANDIDATES}")
    private Protocol protocol = Protocol.PAIRS;

    @Option(names = "--split", description = "which images are fixed, with --model alone: ${COMPLETION-CANDIDATES}")
    private Part part = Part.VALIDATION;

    @Option(names = "--out", description = "folder for results.csv and results.json; with --methods also results.md,"
            + " report.html and what was trained")
    private Path out;

    @ArgGroup(exclusive = false, heading = "Rows of the papers' tables:%n")
    private ComparisonOptions comparison;

    @Override
    public Integer call() throws IOException {
        Dataset dataset = Dataset.open(data);
        if (comparison != null) {
            compare(dataset);
        } else if (model != null) {
            evaluatePackage(dataset);
        } else {
            throw new ConfigurationException(
                    "nothing to evaluate: name a package with --model, or rows with --methods");
        }
        return 0;
    }

    private void compare(Dataset dataset) throws IOException {
        if (out == null) {
            throw new ConfigurationException("--methods needs --out, a folder for results and what is trained");
        }
        PrintWriter console = spec.commandLine().getOut();
        String command = "./regstream evaluate " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
        new ComparisonRun(comparison, Task.HIPPOCAMPUS, dataset, protocol, command).run(model, out, console);
    }

    private void evaluatePackage(Dataset dataset) throws IOException {
        List<Sample> bank = protocol == Protocol.ATLAS
                ? dataset.read(dataset.split().training(), Task.HIPPOCAMPUS)
                : List.of();
        List<Sample> fixed = dataset.read(names(dataset), Task.HIPPOCAMPUS);
        try (OnnxModel network = OnnxModel.openStudent(model, OnnxSettings.DEFAULT)) {
            Evaluation evaluation = Evaluation.run(network::look, protocol, protocol.pair(fixed, bank),
                    network.manifest().channels());
            EvaluationReport report = new EvaluationReport(network.manifest(), evaluation);
            System.out.print(report.text());
            if (out != null) {
                report.write(out);
            }
        }
    }

    private List<String> names(Dataset dataset) {
        switch (part) {
            case VALIDATION :
                return dataset.split().validation();
            case TRAINING :
                return dataset.split().training();
            default :
                return dataset.names();
        }
    }
}
