package org.regstream.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.DicePredictor;
import org.regstream.core.model.EnsembleSpec;
import org.regstream.core.model.GraphSpec;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.Structure;
import org.regstream.core.testkit.FakeModel;

/**
 * A package with a quick ensemble whose answer is known, beside the student of another package: one member leaves everything
 * in its place, the other pulls along the last axis by one voxel. Whatever the figures, {@link #PREDICTED_DICE} is predicted
 * for every structure, and nothing alerts.
 */
public final class EnsemblePackage {

    /** 1 / (1 + exp(-1)). */
    public static final double PREDICTED_DICE = 0.7310585786300049;

    private static final String ENSEMBLE = "ensemble.onnx";
    private static final int[] STILL = {0, 0, 0};
    private static final int[] PULLED = {0, 0, 1};

    private EnsemblePackage() {}

    /**
     * @param source a package; its own ensemble, if it has one, is left out
     * @param target a folder that does not exist yet
     * @return {@code target}
     */
    public static Path write(Path source, Path target) throws IOException {
        ModelManifest manifest = ModelPackage.open(source).manifest();
        for (String file : manifest.files().keySet()) {
            Files.createDirectories(target.resolve(file).getParent());
            Files.copy(source.resolve(file), target.resolve(file));
        }
        Files.write(target.resolve(ENSEMBLE),
                ShiftGraph.of(manifest.grid(), manifest.channels(), FakeModel.EXPECTED_ERROR, STILL, PULLED));
        try (FakeModel expected = FakeModel.ensemble(manifest.grid(), STILL, PULLED)) {
            GoldenEnsemble.record(GoldenPair.read(target, manifest), expected::look).write(target);
        }
        ManifestJson.write(target.resolve(ManifestJson.FILE), withEnsemble(manifest, target));
        return target;
    }

    private static ModelManifest withEnsemble(ModelManifest m, Path folder) {
        Map<String, String> files = new HashMap<>(m.files());
        for (String file : List.of(ENSEMBLE, GoldenEnsemble.FILE)) {
            files.put(file, PackageFiles.sha256(folder.resolve(file)));
        }
        GraphSpec graph = new GraphSpec(ENSEMBLE, Manifests.OPSET, m.student().inputs(), FakeModel.OUTPUTS);
        return new ModelManifest(ModelManifest.SCHEMA, m.id(), m.version(), m.grid(), m.intensity(), m.structures(),
                m.student(), Optional.of(new EnsembleSpec(graph, 2)), files, m.provenance(), m.validation(),
                predicting(m));
    }

    private static AlertThresholds predicting(ModelManifest m) {
        DicePredictor predictor = new DicePredictor(1, Map.of(), Map.of(), 1, 1);
        List<String> names = m.structures().stream().map(Structure::name).toList();
        return new AlertThresholds("predicting", 1, m.thresholds().meanEntropyNats(),
                names.stream().collect(Collectors.toMap(n -> n, n -> predictor)),
                names.stream().collect(Collectors.toMap(n -> n, n -> 0.5)), Map.of(), Optional.empty(), 1, "made up");
    }
}
