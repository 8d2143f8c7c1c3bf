package org.regstream.training.calibrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.StructureSummaries;
import org.regstream.onnx.GoldenEnsemble;
import org.regstream.onnx.ModelPackage;
import org.regstream.onnx.OnnxEnsemble;
import org.regstream.onnx.OnnxModel;
import org.regstream.onnx.OnnxSettings;
import org.regstream.training.data.Dataset;
import org.regstream.training.data.Task;

/**
 * Calibrates a package from its folder to its folder.
 *
 * @param model   folder of the package
 * @param dataset that it was trained on; its validation images are fixed, its training images are the bank
 * @param task    that it is for
 * @param each    how many failures each pair meets, 1 to {@link CasePlan#KINDS}
 * @param seed    of the made-up failures
 */
public record PackageCalibration(Path model, Dataset dataset, Task task, int each, long seed) {

    /**
     * @param out   folder to write into, the package's or another
     * @param table file for every case and its features; null writes none
     * @return tables for people
     */
    public String run(Path out, Path table) throws IOException {
        CasePlan plan = CasePlan.of(dataset.read(dataset.split().validation(), task),
                dataset.read(dataset.split().training(), task), each, task.intensity(), seed);
        ModelPackage opened = ModelPackage.open(model);
        Optional<OnnxEnsemble> ensemble = OnnxEnsemble.openIfPresent(opened, OnnxSettings.DEFAULT);
        if (ensemble.isPresent()) {
            try (OnnxEnsemble network = ensemble.get()) {
                return run(plan, network::assess, "ensemble", network.manifest(), out, table);
            }
        }
        try (OnnxModel student = OnnxModel.open(opened, OnnxSettings.DEFAULT)) {
            return run(plan, alone(student), "student", student.manifest(), out, table);
        }
    }

    /** A single network as an ensemble of one. */
    private static GoldenEnsemble.Network alone(OnnxModel student) {
        return (fixed, moving, labels) -> StructureSummaries.combine(List.of(student.predict(fixed, moving, labels)));
    }

    private String run(CasePlan plan, GoldenEnsemble.Network network, String name, ModelManifest manifest, Path out,
            Path table) throws IOException {
        List<StructureCase> cases;
        try (ProgressBar bar = new ProgressBar("calibrate, " + name, plan.size())) {
            cases = CalibrationResult.register(plan, network, manifest.structures(), bar::stepTo);
        }
        if (table != null) {
            Files.writeString(table, CaseTable.csv(cases));
        }
        CalibrationResult result = CalibrationResult.of(plan, cases, manifest.structures());
        CalibratedPackage.write(model, out, result, name);
        return CalibrationText.of(result);
    }
}
