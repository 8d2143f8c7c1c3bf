package org.regstream.training.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.model.ModelManifest;
import org.regstream.onnx.OnnxModel;
import org.regstream.onnx.OnnxSettings;
import org.regstream.training.TinyTask;
import org.regstream.training.data.Dataset;
import org.regstream.training.data.Sample;
import org.regstream.training.export.ModelExport;
import org.regstream.training.loop.TrainedRun;
import org.regstream.training.network.Precision;
import org.regstream.training.network.TrainedNetwork;
import org.regstream.training.template.Template;
import org.regstream.training.template.TemplateBuilder;

class PackageCalibrationTest {

    @TempDir
    Path folder;

    @Test
    void shouldCalibrateAPackageThatStillOpens() throws IOException {
        // given: a network that was never trained, and 5 of 30 images to judge it on
        Path data = folder.resolve("data");
        Path model = folder.resolve("tiny");
        TinyTask.write(data, 30);
        Dataset dataset = Dataset.open(data);
        ModelManifest before = export(dataset, model);

        // when
        String text = new PackageCalibration(model, dataset, TinyTask.TASK, 2, 7).run(model,
                folder.resolve("cases.csv"));

        // then
        assertThat(text).contains("5 patients, 10 pairs, each as it should be and spoiled by 2 failures (seed 7)",
                "| lower | 30 |", "| cavity | ");
        assertThat(folder.resolve("cases.csv")).content().hasLineCount(1 + 10 * 3 * 2);
        try (OnnxModel opened = OnnxModel.open(model, OnnxSettings.DEFAULT)) {
            ModelManifest after = opened.manifest();
            assertThat(after.files()).containsAllEntriesOf(before.files())
                    .containsKeys("calibration/calibration.json", "calibration/roc.png");
            assertThat(after.thresholds().dicePredictors()).containsOnlyKeys("lower", "upper");
            assertThat(after.thresholds().meanEntropyNats()).isEqualTo(before.thresholds().meanEntropyNats());
            assertThat(after.digest()).isEqualTo(before.digest());
        }
    }

    private static ModelManifest export(Dataset dataset, Path model) throws IOException {
        float[] weights = TinyTask.movingWeights(TinyTask.settings(1).network(), 1);
        TrainedRun run = new TrainedRun(TinyTask.settings(1), 4, 0.1, weights, weights, List.of());
        List<Sample> samples = dataset.read(dataset.split().validation(), TinyTask.TASK);
        try (TrainedNetwork network = new TrainedNetwork(TinyTask.settings(1).network(), Precision.FLOAT32)) {
            network.setWeights(run.weights());
            Template template = TemplateBuilder.build(network, TinyTask.TASK, samples, 1, sample -> {
            });
            return new ModelExport(TinyTask.TASK, dataset.split(), run, "1", "test", template).write(model, samples);
        }
    }
}
