package org.regstream.training.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Resample;
import org.regstream.onnx.GoldenPair;
import org.regstream.onnx.ManifestJson;
import org.regstream.onnx.OnnxModel;
import org.regstream.onnx.OnnxSettings;
import org.regstream.onnx.PackageFiles;
import org.regstream.training.data.Sample;
import org.regstream.training.data.Split;
import org.regstream.training.data.Task;
import org.regstream.training.evaluate.CaseFigures;
import org.regstream.training.evaluate.Evaluation;
import org.regstream.training.evaluate.Pairing;
import org.regstream.training.evaluate.Protocol;
import org.regstream.training.loop.TrainedRun;
import org.regstream.training.network.Precision;
import org.regstream.training.network.TrainedNetwork;
import org.regstream.training.template.Template;

/**
 * Writes a model package and proves it: what ONNX Runtime computes from the written files is compared with DJL, measured on
 * the validation pairs, and the alert thresholds are fitted to those measurements.
 *
 * @param task     what the network is for
 * @param split    of the data it was trained on
 * @param run      the weights
 * @param version  of the package
 * @param note     what the run's settings do not tell
 * @param template made with the same weights
 */
public record ModelExport(Task task, Split split, TrainedRun run, String version, String note,
        Template template) {

    private static final String STUDENT = "student.onnx";

    /** How many validation pairs DJL and ONNX Runtime are compared on. */
    private static final int PARITY_PAIRS = 3;

    /**
     * @param folder     of the package; files of the same name are replaced
     * @param validation images, sorted by name
     * @return the manifest as written
     * @throws org.regstream.core.ModelException if DJL and ONNX Runtime differ; the folder is then not to be used
     */
    public ModelManifest write(Path folder, List<Sample> validation) throws IOException {
        Files.createDirectories(folder);
        Map<String, String> provenance = Provenance.of(task, split, run);
        provenance.put("note", note);
        Files.write(folder.resolve(STUDENT),
                StudentGraph.of(run.settings().network(), run.weights(), task.grid(), provenance).toByteArray());
        template.write(folder);
        List<Pairing> pairs = Protocol.PAIRS.pair(validation, List.of());
        try (TrainedNetwork reference = new TrainedNetwork(run.settings().network(), Precision.FLOAT32)) {
            reference.setWeights(run.weights());
            golden(reference).write(folder);
            ModelManifest unmeasured = manifest(folder, provenance, Map.of(),
                    new AlertThresholds("none", 1, Map.of(), "not fitted yet"));
            ManifestJson.write(folder.resolve(ManifestJson.FILE), unmeasured);
            return measured(folder, unmeasured, reference, pairs);
        }
    }

    private ModelManifest measured(Path folder, ModelManifest unmeasured, TrainedNetwork reference,
            List<Pairing> pairs) throws IOException {
        try (OnnxModel model = OnnxModel.open(folder, OnnxSettings.DEFAULT)) {
            Parity parity = Parity.between(reference, model::predict,
                    pairs.subList(0, Math.min(PARITY_PAIRS, pairs.size())), task.channels());
            parity.require();
            Evaluation evaluation = Evaluation.run(model::predict, Protocol.PAIRS, pairs, task.channels());
            ModelManifest manifest = manifest(folder, unmeasured.provenance(), figures(evaluation),
                    Thresholds.fit(evaluation, task.structures(), version));
            ManifestJson.write(folder.resolve(ManifestJson.FILE), manifest);
            Files.writeString(folder.resolve("CARD.md"), Card.of(manifest, parity));
            return manifest;
        }
    }

    private ModelManifest manifest(Path folder, Map<String, String> provenance, Map<String, Double> figures,
            AlertThresholds thresholds) {
        Map<String, String> files = new TreeMap<>();
        files.put(STUDENT, PackageFiles.sha256(folder.resolve(STUDENT)));
        files.put(GoldenPair.FILE, PackageFiles.sha256(folder.resolve(GoldenPair.FILE)));
        Template.FILES.forEach(file -> files.put(file, PackageFiles.sha256(folder.resolve(file))));
        return new ModelManifest(ModelManifest.SCHEMA, task.id(), version, task.grid(), task.intensity(),
                task.structures(), StudentGraph.spec(STUDENT, run.settings().network()), Optional.empty(), files,
                provenance, figures, thresholds);
    }

    private static Map<String, Double> figures(Evaluation e) {
        Map<String, Double> figures = new TreeMap<>();
        put(figures, e, "dice", CaseFigures::meanDice);
        put(figures, e, "diceUnregistered", CaseFigures::meanDiceBefore);
        put(figures, e, "hd95Mm", CaseFigures::meanHd95);
        put(figures, e, "nlcc", CaseFigures::nlcc);
        put(figures, e, "foldingFraction", CaseFigures::folding);
        put(figures, e, "sdLogJacobian", CaseFigures::sdLogJ);
        figures.put("cases", (double) e.cases().size());
        return figures;
    }

    private static void put(Map<String, Double> figures, Evaluation e, String name,
            ToDoubleFunction<CaseFigures> figure) {
        figures.put(name + "Mean", e.mean(figure));
        figures.put(name + "Sd", e.sd(figure));
    }

    /** The template, and itself turned, sheared and shifted: no image of the data set leaves it. */
    private GoldenPair golden(TrainedNetwork reference) {
        Sample moving = Sample.of("template", template.image(), template.labels(), task);
        Grid grid = moving.image().grid();
        float[] turned = Resample.linear(moving.image(), turned(grid), 0).values();
        return GoldenPair.record(reference, task.channels(), Volume.takeOwnershipOf(grid, turned), moving.image(),
                moving.labels());
    }

    /** Axes tilted by 0.1 voxel a voxel at most, the middle shifted by about a voxel. */
    private static Grid turned(Grid g) {
        Affine a = g.affine();
        Vector3 k = a.stepK().plus(a.stepJ().times(0.1));
        Vector3 j = a.stepJ().times(1.05).minus(a.stepK().times(0.1));
        Vector3 i = a.stepI().times(0.95).plus(a.stepJ().times(0.05));
        Affine tilted = new Affine(new Vector3(0, 0, 0), k, j, i);
        Vector3 middle = tilted.toLps((g.depth() - 1) / 2.0, (g.height() - 1) / 2.0, (g.width() - 1) / 2.0);
        return new Grid(g.depth(), g.height(), g.width(),
                tilted.translated(g.centre().minus(middle).plus(new Vector3(1, -1, 0.5))));
    }
}
