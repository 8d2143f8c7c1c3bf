package org.regstream.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.regstream.onnx.OnnxModel;
import org.regstream.onnx.OnnxSettings;
import org.regstream.training.data.Dataset;
import org.regstream.training.data.Sample;
import org.regstream.training.data.Task;
import org.regstream.training.evaluate.Evaluation;
import org.regstream.training.evaluate.EvaluationReport;
import org.regstream.training.evaluate.Protocol;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "evaluate", mixinStandardHelpOptions = true, showDefaultValues = true, description = {
        "Registers labelled images by a model package on ONNX Runtime and prints overlap, distances and field quality."})
final class EvaluateCommand implements Callable<Integer> {

    enum Part {
        VALIDATION, TRAINING, ALL
    }

    @Option(names = "--model", required = true, description = "folder of the package, such as models/hippocampus")
    private Path model;

    @Option(names = "--data", required = true, description = "folder with images/ and labels/ of NIfTI files")
    private Path data;

    @Option(names = "--protocol", description = "pairs: image i fixed, i + 1 moving; atlas: the most similar training image"
            + " moving. ${COMPLETION-CANDIDATES}")
    private Protocol protocol = Protocol.PAIRS;

    @Option(names = "--split", description = "which images are fixed: ${COMPLETION-CANDIDATES}")
    private Part part = Part.VALIDATION;

    @Option(names = "--out", description = "folder for results.csv and results.json")
    private Path out;

    @Override
    public Integer call() throws IOException {
        Dataset dataset = Dataset.open(data);
        List<Sample> bank = protocol == Protocol.ATLAS
                ? dataset.read(dataset.split().training(), Task.HIPPOCAMPUS)
                : List.of();
        List<Sample> fixed = dataset.read(names(dataset), Task.HIPPOCAMPUS);
        try (OnnxModel network = OnnxModel.open(model, OnnxSettings.DEFAULT)) {
            Evaluation evaluation = Evaluation.run(network::predict, protocol, protocol.pair(fixed, bank),
                    network.manifest().channels());
            EvaluationReport report = new EvaluationReport(network.manifest(), evaluation);
            System.out.print(report.text());
            if (out != null) {
                report.write(out);
            }
        }
        return 0;
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
