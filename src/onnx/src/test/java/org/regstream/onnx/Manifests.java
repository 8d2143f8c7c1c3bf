package org.regstream.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.DicePredictor;
import org.regstream.core.model.EnsembleSpec;
import org.regstream.core.model.GraphSpec;
import org.regstream.core.model.IntensityMapping;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.Structure;
import org.regstream.core.testkit.FakeEnsemble;

/** Manifests of the tiny networks that the tests build. */
final class Manifests {

    static final int OPSET = 20;
    static final ModelGrid GRID = new ModelGrid(6, 8, 4, 1.0, "RAS");

    private static final List<String> INPUTS = List.of("fixed", "moving", "moving_labels");
    private static final List<String> STUDENT_OUTPUTS = List.of("displacement", "warped", "label_probabilities");
    private static final Map<String, String> FILES = Map.of("student.onnx", "00", "golden/pair.npz", "11");

    private Manifests() {}

    static ModelManifest with(Map<String, String> files) {
        return with(student(STUDENT_OUTPUTS), Optional.empty(), files);
    }

    static ModelManifest withEnsemble(Map<String, String> files) {
        GraphSpec graph = new GraphSpec("ensemble.onnx", OPSET, INPUTS, FakeEnsemble.OUTPUTS);
        return with(student(STUDENT_OUTPUTS), Optional.of(new EnsembleSpec(graph, 2)), files);
    }

    static ModelManifest withPredictiveUncertainty() {
        List<String> outputs = new ArrayList<>(STUDENT_OUTPUTS);
        outputs.add("predictive_uncertainty");
        return with(student(outputs), Optional.empty(), FILES);
    }

    private static GraphSpec student(List<String> outputs) {
        return new GraphSpec("student.onnx", OPSET, INPUTS, outputs);
    }

    private static ModelManifest with(GraphSpec student, Optional<EnsembleSpec> ensemble, Map<String, String> files) {
        return new ModelManifest(ModelManifest.SCHEMA, "tiny", "2026.11.1", GRID, new IntensityMapping(99.9),
                List.of(new Structure(1, "anterior hippocampus", "1234567", "Anterior part", "#e05040"),
                        new Structure(2, "posterior hippocampus", "7654321", "Posterior part", "#4060e0")),
                student, ensemble, files, Map.of("seed", "7", "data", "made by the tests", "epochs", "0"),
                Map.of("dice", 0.81, "foldingFraction", 0.001),
                new AlertThresholds("1", 0.005, Map.of("anterior hippocampus", 0.5, "posterior hippocampus", 0.6),
                        Map.of("anterior hippocampus",
                                new DicePredictor(1.5, Map.of("similarity", -2.0, "agreement", 0.25))),
                        Map.of("anterior hippocampus", 0.72),
                        "95 % of validation cases lie below"));
    }

    static ModelManifest any() {
        return with(FILES);
    }
}
