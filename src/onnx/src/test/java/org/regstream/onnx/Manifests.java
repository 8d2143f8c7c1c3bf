package org.regstream.onnx;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.DicePredictor;
import org.regstream.core.model.DicePredictor.Range;
import org.regstream.core.model.EnsembleSpec;
import org.regstream.core.model.GenericLimits;
import org.regstream.core.model.GraphSpec;
import org.regstream.core.model.IntensityMapping;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.Structure;
import org.regstream.core.testkit.FakeModel;

/** Manifests of the tiny networks that the tests build. */
final class Manifests {

    static final int OPSET = 20;
    static final ModelGrid GRID = new ModelGrid(6, 8, 4, 1.0, "RAS");

    private static final List<String> INPUTS = List.of("fixed", "moving");
    private static final Map<String, String> FILES = Map.of("student.onnx", "00", "golden/pair.npz", "11");

    private Manifests() {}

    static ModelManifest with(Map<String, String> files) {
        return with(student(), Optional.empty(), files);
    }

    static ModelManifest withEnsemble(Map<String, String> files) {
        GraphSpec graph = new GraphSpec("ensemble.onnx", OPSET, INPUTS, FakeModel.OUTPUTS);
        return with(student(), Optional.of(new EnsembleSpec(graph, 2)), files);
    }

    private static GraphSpec student() {
        return new GraphSpec("student.onnx", OPSET, INPUTS, FakeModel.OUTPUTS);
    }

    private static ModelManifest with(GraphSpec student, Optional<EnsembleSpec> ensemble, Map<String, String> files) {
        return new ModelManifest(ModelManifest.SCHEMA, "tiny", "2026.11.1", GRID, new IntensityMapping(99.9),
                List.of(new Structure(1, "anterior hippocampus", "1234567", "Anterior part", "#e05040"),
                        new Structure(2, "posterior hippocampus", "7654321", "Posterior part", "#4060e0")),
                student, ensemble, files, Map.of("seed", "7", "data", "made by the tests", "epochs", "0"),
                Map.of("dice", 0.81, "foldingFraction", 0.001),
                new AlertThresholds("1", 0.005, Map.of("anterior hippocampus", 0.5, "posterior hippocampus", 0.6),
                        Map.of("anterior hippocampus", predictor("outlineDice")),
                        Map.of("anterior hippocampus", 0.72), Map.of("posterior hippocampus", 0.8),
                        Optional.of(new GenericLimits(0.7, predictor("outlinesAgree"), 0.75)), 1.25,
                        "95 % of validation cases lie below"));
    }

    private static DicePredictor predictor(String feature) {
        return new DicePredictor(1.5, Map.of("spreadMm", -2.0, feature, 0.25),
                Map.of("spreadMm", new Range(0, 3), feature, new Range(0.25, 1)), 0.5, 0.75);
    }

    static ModelManifest any() {
        return with(FILES);
    }
}
