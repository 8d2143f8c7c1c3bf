package org.regstream.training.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.EnsembleSpec;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Resample;
import org.regstream.onnx.GoldenEnsemble;
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
import org.regstream.training.network.NetworkDesign;
import org.regstream.training.template.Template;

/**
 * Writes a model package and proves it: what ONNX Runtime computes from the written files is compared with DJL, measured on
 * the validation pairs, and the alert thresholds are fitted to those measurements. The student is the run's last weights;
 * the ensemble, where the run took at least two snapshots, its last ones. All weights are rounded to float16 first.
 *
 * @param task     what the network is for
 * @param split    of the data it was trained on
 * @param run      the weights
 * @param version  of the package
 * @param note     what the run's settings do not tell
 * @param template the made-up patient that demos show
 */
public record ModelExport(Task task, Split split, TrainedRun run, String version, String note,
        Template template) {

    private static final String STUDENT = "student.onnx";
    private static final String ENSEMBLE = "ensemble.onnx";

    /** Half of METHODS' N, for half the time: four members lose nothing of the Dice (decision 0022). */
    private static final int MEMBERS = 4;

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
        List<Pairing> pairs = Protocol.PAIRS.pair(validation, List.of());
        try (ReferenceNetworks reference = new ReferenceNetworks(run.settings().network(),
                Half.rounded(run.weights()), members())) {
            writeGraphs(folder, reference, provenance);
            template.write(folder);
            writeGolden(folder, reference);
            ModelManifest unmeasured = manifest(folder, provenance, Map.of(),
                    new AlertThresholds("none", 1, Map.of(), "not fitted yet"));
            ManifestJson.write(folder.resolve(ManifestJson.FILE), unmeasured);
            return measured(folder, unmeasured, reference, pairs);
        }
    }

    private List<float[]> members() {
        List<float[]> all = run.snapshots();
        return all.subList(all.size() - memberCount(), all.size()).stream().map(Half::rounded).toList();
    }

    private int memberCount() {
        int snapshots = run.snapshots().size();
        return snapshots < 2 ? 0 : Math.min(MEMBERS, snapshots);
    }

    private void writeGraphs(Path folder, ReferenceNetworks reference, Map<String, String> provenance)
            throws IOException {
        NetworkDesign design = run.settings().network();
        Files.write(folder.resolve(STUDENT),
                LookGraph.of(design, List.of(reference.student()), task.grid(), provenance).toByteArray());
        if (reference.hasEnsemble()) {
            Files.write(folder.resolve(ENSEMBLE),
                    LookGraph.of(design, reference.members(), task.grid(), provenance).toByteArray());
        } else {
            Files.deleteIfExists(folder.resolve(ENSEMBLE));
            Files.deleteIfExists(folder.resolve(GoldenEnsemble.FILE));
        }
    }

    private void writeGolden(Path folder, ReferenceNetworks reference) {
        GoldenPair pair = golden(reference);
        pair.write(folder);
        if (reference.hasEnsemble()) {
            GoldenEnsemble.record(pair, reference::lookOfAll).write(folder);
        }
    }

    private ModelManifest measured(Path folder, ModelManifest unmeasured, ReferenceNetworks reference,
            List<Pairing> pairs) throws IOException {
        Map<String, Double> figures = new TreeMap<>();
        try (OnnxModel model = OnnxModel.openStudent(folder, OnnxSettings.DEFAULT)) {
            List<Pairing> compared = pairs.subList(0, Math.min(PARITY_PAIRS, pairs.size()));
            Parity parity = Parity.between(reference::look, model::look, compared);
            parity.require();
            Evaluation evaluation = Evaluation.run(model::look, Protocol.PAIRS, pairs, task.channels());
            put(figures, "", evaluation);
            if (reference.hasEnsemble()) {
                try (OnnxModel ensemble = OnnxModel.openEnsemble(folder, OnnxSettings.DEFAULT).orElseThrow()) {
                    Parity.between(reference::lookOfAll, ensemble::look, compared).require();
                    put(figures, "ensemble.",
                            Evaluation.run(ensemble::look, Protocol.PAIRS, pairs, task.channels()));
                }
            }
            ModelManifest manifest = manifest(folder, unmeasured.provenance(), figures,
                    Thresholds.fit(evaluation, task.structures(), version));
            ManifestJson.write(folder.resolve(ManifestJson.FILE), manifest);
            Files.writeString(folder.resolve("CARD.md"), Card.of(manifest, parity));
            return manifest;
        }
    }

    private ModelManifest manifest(Path folder, Map<String, String> provenance, Map<String, Double> figures,
            AlertThresholds thresholds) {
        int members = memberCount();
        Map<String, String> files = new TreeMap<>();
        Stream.concat(Stream.of(STUDENT, GoldenPair.FILE),
                members > 0 ? Stream.of(ENSEMBLE, GoldenEnsemble.FILE) : Stream.empty())
                .forEach(file -> files.put(file, PackageFiles.sha256(folder.resolve(file))));
        Template.FILES.forEach(file -> files.put(file, PackageFiles.sha256(folder.resolve(file))));
        return new ModelManifest(ModelManifest.SCHEMA, task.id(), version, task.grid(), task.intensity(),
                task.structures(), LookGraph.spec(STUDENT),
                members > 0 ? Optional.of(new EnsembleSpec(LookGraph.spec(ENSEMBLE), members)) : Optional.empty(),
                files, provenance,
                figures, thresholds);
    }

    private static void put(Map<String, Double> figures, String prefix, Evaluation e) {
        put(figures, e, prefix + "dice", c -> c.carried().meanDice());
        put(figures, e, prefix + "diceRefined", c -> c.refined().meanDice());
        put(figures, e, prefix + "diceOutline", c -> c.outline().meanDice());
        put(figures, e, prefix + "diceUnregistered", c -> c.before().meanDice());
        put(figures, e, prefix + "hd95Mm", c -> c.carried().meanHd95());
        put(figures, e, prefix + "hd95RefinedMm", c -> c.refined().meanHd95());
        put(figures, e, prefix + "hd95OutlineMm", c -> c.outline().meanHd95());
        put(figures, e, prefix + "nlcc", CaseFigures::nlcc);
        put(figures, e, prefix + "foldingFraction", CaseFigures::folding);
        put(figures, e, prefix + "sdLogJacobian", CaseFigures::sdLogJ);
        figures.put(prefix + "cases", (double) e.cases().size());
    }

    private static void put(Map<String, Double> figures, Evaluation e, String name,
            ToDoubleFunction<CaseFigures> figure) {
        figures.put(name + "Mean", e.mean(figure));
        figures.put(name + "Sd", e.sd(figure));
    }

    /** The template, and itself turned, sheared and shifted: no image of the data set leaves it. */
    private GoldenPair golden(ReferenceNetworks reference) {
        Sample moving = Sample.of("template", template.image(), template.labels(), task);
        Grid grid = moving.image().grid();
        float[] turned = Resample.linear(moving.image(), turned(grid), 0).values();
        return GoldenPair.record(reference::look, Volume.takeOwnershipOf(grid, turned), moving.image());
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
