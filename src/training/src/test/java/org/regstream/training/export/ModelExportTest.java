package org.regstream.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.regstream.onnx.OnnxEnsemble;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.model.StructureSummaries;
import org.regstream.core.model.EnsemblePrediction;
import java.util.ArrayList;
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
            .with(Heads.CORRECTOR);
    private static final TrainingSettings SETTINGS = TinyTask.settings(1, DESIGN, Objective.P1);

    private static float[] movingWeights() {
        return TinyTask.movingWeights(DESIGN, 1e5f);
    }

    private static List<float[]> snapshots() {
        return List.of(TinyTask.movingWeights(DESIGN, 8e4f), TinyTask.movingWeights(DESIGN, 1e5f),
                TinyTask.movingWeights(DESIGN, 1.2e5f));
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

        try (OnnxModel onnx = OnnxModel.open(folder, OnnxSettings.DEFAULT);
                TrainedNetwork djl = new TrainedNetwork(DESIGN, Precision.FLOAT32)) {
            djl.setWeights(Half.rounded(movingWeights()));
            List<Pairing> pairs = Protocol.PAIRS.pair(samples, List.of());
            Prediction p = djl.predict(samples.get(0).image(), samples.get(1).image(), TinyTask.oneHot(samples.get(1)));

            assertThat(TinyTask.largest(p.displacement().components())).isBetween(0.5f, 50f);
            assertThat(Parity.between(djl, onnx::predict, pairs, 3).worst()).isLessThan(1);
            assertThat(onnx
                    .predict(samples.get(0).image(), samples.get(1).image().withGrid(samples.get(0).image().grid()),
                            LabelProbabilities.oneHot(samples.get(1).labels().withGrid(samples.get(0).image().grid()),
                                    3))
                    .predictiveUncertainty().orElseThrow().values())
                    .containsExactly(p.predictiveUncertainty().orElseThrow().values(), within(1e-4f));
            assertThat(ManifestJson.read(folder.resolve(ManifestJson.FILE))).isEqualTo(manifest);
        }
        assertThat(manifest.ensemble()).isEmpty();
        assertThat(folder.resolve("CARD.md")).content().contains("./regstream evaluate", "synthetic", "lower");
        assertThat(manifest.thresholds().meanEntropyNats()).containsOnlyKeys("lower", "upper");
    }

    @Test
    void shouldCombineMembersInsideTheGraphByTheDefinition() throws IOException {
        ModelManifest manifest = export(snapshots());

        Volume fixed = samples.get(0).image();
        Sample moving = samples.get(1).withGrid(fixed.grid());
        List<Prediction> members = new ArrayList<>();
        try (TrainedNetwork djl = new TrainedNetwork(DESIGN, Precision.FLOAT32)) {
            for (float[] weights : snapshots()) {
                djl.setWeights(Half.rounded(weights));
                members.add(djl.predict(fixed, moving.image(), TinyTask.oneHot(moving)));
            }
        }
        EnsemblePrediction expected = StructureSummaries.combine(members);
        try (OnnxEnsemble onnx = OnnxEnsemble.openIfPresent(folder, OnnxSettings.DEFAULT).orElseThrow()) {
            EnsemblePrediction actual = onnx.assess(fixed, moving.image(), TinyTask.oneHot(moving));

            same(actual.displacement().components(), expected.displacement().components());
            same(actual.labelProbabilities().values(), expected.labelProbabilities().values());
            same(actual.labelEntropy().values(), expected.labelEntropy().values());
            same(actual.mutualInformation().values(), expected.mutualInformation().values());
            same(actual.displacementSpread().values(), expected.displacementSpread().values());
            same(actual.predictiveUncertainty().values(), expected.predictiveUncertainty().values());
            for (int s = 0; s < 2; s++) {
                assertThat(actual.structures().get(s).row()).containsExactly(expected.structures().get(s).row(),
                        within(2e-3));
            }
        }
        assertThat(expected.structures().get(0).agreement()).isBetween(0.01, 0.999);
        assertThat(TinyTask.largest(expected.displacementSpread().values())).isGreaterThan(0.1f);
        assertThat(manifest.ensemble().orElseThrow().members()).isEqualTo(3);
        assertThat(manifest.validation()).containsKeys("diceMean", "ensemble.diceMean");
    }

    private static void same(float[] actual, float[] expected) {
        assertThat(actual).containsExactly(expected, within(1e-3f));
    }

    @Test
    void shouldReportWhatItMeasured() throws IOException {
        ModelManifest manifest = export(List.of());

        try (OnnxModel onnx = OnnxModel.open(folder, OnnxSettings.DEFAULT)) {
            Evaluation evaluation = Evaluation.run(onnx::predict, Protocol.PAIRS,
                    Protocol.PAIRS.pair(samples, List.of()), 3);
            EvaluationReport report = new EvaluationReport(manifest, evaluation);
            report.write(folder.resolve("results"));

            assertThat(manifest.validation().get("diceMean"))
                    .isCloseTo(evaluation.mean(c -> c.registered().meanDice()), within(1e-9));
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
