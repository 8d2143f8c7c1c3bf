package org.regstream.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.regstream.core.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.ModelException;
import org.regstream.core.model.Look;
import org.regstream.core.model.ModelManifest;
import org.regstream.onnx.ManifestJson;
import org.regstream.onnx.OnnxModel;
import org.regstream.onnx.OnnxSettings;
import org.regstream.training.Looks;
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
            .with(Heads.TWIN);
    private static final TrainingSettings SETTINGS = TinyTask.settings(1, DESIGN, Objective.P1);

    private static float[] movingWeights() {
        return weights(3e4f);
    }

    private static float[] weights(float flow) {
        return TinyTask.scaled(DESIGN, TinyTask.movingWeights(DESIGN, 1), "half2_change3", flow);
    }

    private static List<float[]> snapshots() {
        return List.of(weights(2e4f), weights(3e4f), weights(4e4f));
    }

    private ModelManifest export(List<float[]> snapshots) throws IOException {
        TrainedRun run = new TrainedRun(SETTINGS, 4, 0.1, movingWeights(), movingWeights(), snapshots);
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
        ModelManifest manifest = export(List.of());

        try (OnnxModel onnx = OnnxModel.openStudent(folder, OnnxSettings.DEFAULT);
                TrainedNetwork djl = new TrainedNetwork(DESIGN, Precision.FLOAT32)) {
            djl.setWeights(Half.rounded(movingWeights()));
            List<Pairing> pairs = Protocol.PAIRS.pair(samples, List.of());
            Look look = djl.look(samples.get(0).image(), samples.get(1).image());

            assertThat(TinyTask.largest(look.displacement().components())).isBetween(0.3f, 50f);
            assertThat(Parity.between(djl, onnx::look, pairs).worst()).isLessThan(1);
            assertThat(ManifestJson.read(folder.resolve(ManifestJson.FILE))).isEqualTo(manifest);
        }
        assertThat(manifest.ensemble()).isEmpty();
        assertThat(folder.resolve("CARD.md")).content().contains("./regstream evaluate", "synthetic", "lower");
        assertThat(manifest.thresholds().meanEntropyNats()).containsOnlyKeys("lower", "upper");
    }

    @Test
    void shouldKeepTheMembersOfAnEnsembleApart() throws IOException {
        ModelManifest manifest = export(snapshots());

        Volume fixed = samples.get(0).image();
        Volume moving = samples.get(1).image().withGrid(fixed.grid());
        try (TrainedNetwork djl = new TrainedNetwork(DESIGN, Precision.FLOAT32);
                OnnxModel onnx = OnnxModel.openEnsemble(folder, OnnxSettings.DEFAULT).orElseThrow()) {
            Look actual = onnx.look(fixed, moving);

            assertThat(actual.size()).isEqualTo(3);
            for (int member = 0; member < 3; member++) {
                djl.setWeights(Half.rounded(snapshots().get(member)));
                float[] expected = djl.look(fixed, moving).displacement().components();
                assertThat(actual.members().get(member).displacement().components()).containsExactly(expected,
                        within(1e-3f));
            }
            assertThat(TinyTask.largest(actual.displacementSpread().values())).isGreaterThan(0.05f);
        }
        assertThat(manifest.ensemble().orElseThrow().members()).isEqualTo(3);
        assertThat(manifest.validation()).containsKeys("diceMean", "ensemble.diceMean");
    }

    @Test
    void shouldReportWhatItMeasured() throws IOException {
        ModelManifest manifest = export(List.of());

        try (OnnxModel onnx = OnnxModel.openStudent(folder, OnnxSettings.DEFAULT)) {
            Evaluation evaluation = Evaluation.run(onnx::look, Protocol.PAIRS,
                    Protocol.PAIRS.pair(samples, List.of()), 3);
            EvaluationReport report = new EvaluationReport(manifest, evaluation);
            report.write(folder.resolve("results"));

            assertThat(manifest.validation().get("diceMean"))
                    .isCloseTo(evaluation.mean(c -> c.carried().meanDice()), within(1e-9));
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

            Parity parity = Parity.between(djl, (fixed, moving) -> Looks.still(fixed.grid(), 3), pairs);

            assertThatThrownBy(parity::require).isInstanceOf(ModelException.class)
                    .hasMessageContaining("nothing was exported");
        }
    }
}
