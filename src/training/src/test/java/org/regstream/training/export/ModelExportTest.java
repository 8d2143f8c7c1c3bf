package org.regstream.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.ModelException;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.Prediction;
import org.regstream.core.volume.DisplacementField;
import org.regstream.onnx.ManifestJson;
import org.regstream.onnx.OnnxModel;
import org.regstream.onnx.OnnxSettings;
import org.regstream.training.TinyTask;
import org.regstream.training.data.Sample;
import org.regstream.training.data.Split;
import org.regstream.training.evaluate.Evaluation;
import org.regstream.training.evaluate.EvaluationReport;
import org.regstream.training.evaluate.Pairing;
import org.regstream.training.evaluate.Protocol;
import org.regstream.training.loop.Objective;
import org.regstream.training.loop.TrainedRun;
import org.regstream.training.loop.TrainingSettings;
import org.regstream.training.network.Flow;
import org.regstream.training.network.Heads;
import org.regstream.training.network.NetworkDesign;
import org.regstream.training.network.Precision;
import org.regstream.training.network.Preset;
import org.regstream.training.network.TrainedNetwork;
import org.regstream.training.template.Template;
import org.regstream.training.template.TemplateBuilder;

class ModelExportTest {

    @TempDir
    Path folder;
    private final List<Sample> samples = TinyTask.samples(4);

    private static final NetworkDesign DESIGN = NetworkDesign.plain(Preset.FAST, 3).with(Flow.VELOCITY)
            .with(Heads.PREDICTIVE_AND_REFINER);
    private static final TrainingSettings SETTINGS = TinyTask.settings(1, DESIGN, Objective.P1);

    private static float[] movingWeights() {
        return TinyTask.movingWeights(DESIGN, 1e5f);
    }

    private ModelManifest export() throws IOException {
        TrainedRun run = new TrainedRun(SETTINGS, 4, 0.1, movingWeights(), movingWeights(), List.of());
        try (TrainedNetwork network = new TrainedNetwork(DESIGN, Precision.FLOAT32)) {
            network.setWeights(run.weights());
            Template template = TemplateBuilder.build(network, TinyTask.TASK, samples, 1, sample -> {
            });
            return new ModelExport(TinyTask.TASK, new Split(List.of("a"), List.of("b")), run, "1", "test", template)
                    .write(folder, samples);
        }
    }

    @Test
    void shouldComputeOnOnnxRuntimeWhatDjlComputes() throws IOException {
        ModelManifest manifest = export();

        try (OnnxModel onnx = OnnxModel.open(folder, OnnxSettings.DEFAULT);
                TrainedNetwork djl = new TrainedNetwork(DESIGN, Precision.FLOAT32)) {
            djl.setWeights(movingWeights());
            List<Pairing> pairs = Protocol.PAIRS.pair(samples, List.of());
            Prediction p = djl.predict(samples.get(0).image(), samples.get(1).image(), TinyTask.oneHot(samples.get(1)));

            assertThat(largest(p.displacement().components())).isBetween(0.5f, 50f);
            assertThat(Parity.between(djl, onnx::predict, pairs, 3).worst()).isLessThan(Parity.TOLERANCE);
            assertThat(ManifestJson.read(folder.resolve(ManifestJson.FILE))).isEqualTo(manifest);
        }
        assertThat(folder.resolve("CARD.md")).content().contains("./regstream evaluate", "synthetic", "lower");
        assertThat(manifest.thresholds().meanEntropyNats()).containsOnlyKeys("lower", "upper");
    }

    private static float largest(float[] values) {
        float max = 0;
        for (float v : values) {
            max = Math.max(max, Math.abs(v));
        }
        return max;
    }

    @Test
    void shouldReportWhatItMeasured() throws IOException {
        ModelManifest manifest = export();

        try (OnnxModel onnx = OnnxModel.open(folder, OnnxSettings.DEFAULT)) {
            Evaluation evaluation = Evaluation.run(onnx::predict, Protocol.PAIRS,
                    Protocol.PAIRS.pair(samples, List.of()), 3);
            EvaluationReport report = new EvaluationReport(manifest, evaluation);
            report.write(folder.resolve("results"));

            assertThat(manifest.validation().get("diceMean"))
                    .isCloseTo(evaluation.mean(c -> c.meanDice()), within(1e-9));
            assertThat(report.text()).contains("4 cases", "seed 3", "Dice lower", "folding %");
            assertThat(folder.resolve("results/results.csv")).content().hasLineCount(5);
            assertThat(folder.resolve("results/results.json")).content().contains("\"sdLogJ\"");
        }
    }

    @Test
    void shouldRefuseAnExportThatComputesSomethingElse() {
        try (TrainedNetwork djl = new TrainedNetwork(DESIGN, Precision.FLOAT32)) {
            djl.setWeights(movingWeights());
            List<Pairing> pairs = Protocol.PAIRS.pair(samples, List.of());

            Parity parity = Parity.between(djl, (fixed, moving, labels) -> {
                Prediction p = djl.predict(fixed, moving, labels);
                return new Prediction(DisplacementField.zero(fixed.grid()), p.warped(), p.labelProbabilities());
            }, pairs, 3);

            assertThatThrownBy(parity::require).isInstanceOf(ModelException.class)
                    .hasMessageContaining("nothing was exported");
        }
    }
}
