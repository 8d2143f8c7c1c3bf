package org.regstream.training.calibrate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.pipeline.Candidates;
import org.regstream.onnx.ManifestJson;
import org.regstream.onnx.ModelPackage;
import org.regstream.onnx.OnnxModel;
import org.regstream.onnx.OnnxSettings;
import org.regstream.training.calibrate.cases.CaseFiles;
import org.regstream.training.calibrate.cases.CasePlan;
import org.regstream.training.calibrate.cases.Judge;
import org.regstream.training.calibrate.cases.MapFigures;
import org.regstream.training.calibrate.cases.ScaleScores;
import org.regstream.training.calibrate.cases.StructureCase;
import org.regstream.training.calibrate.fit.ErrorScale;
import org.regstream.training.data.Dataset;
import org.regstream.training.data.Task;

/**
 * Calibrates a package from its folder to its folder.
 *
 * @param model      folder of the package
 * @param candidates what the field is chosen from, as in the service
 * @param each       how many cases each kind of failure gets, of one patient and of two people each
 * @param seed       of the made-up cases
 */
public record PackageCalibration(Path model, Candidates candidates, int each, long seed) {

    /**
     * Registers the cases by the package's ensemble, or by its student if it has none.
     *
     * @param dataset that it was trained on; its validation images are the patients, its training images are the bank
     * @param task    that it is for
     */
    public CaseFiles register(Dataset dataset, Task task) {
        CasePlan plan = new CasePlan(dataset.read(dataset.split().validation(), task),
                dataset.read(dataset.split().training(), task), each, task.intensity(), seed);
        ModelPackage opened = ModelPackage.open(model);
        Optional<OnnxModel> ensemble = OnnxModel.openEnsemble(opened, OnnxSettings.DEFAULT);
        try (OnnxModel network = ensemble.orElseGet(() -> OnnxModel.openStudent(opened, OnnxSettings.DEFAULT))) {
            return register(plan, network);
        }
    }

    /** @param network referenced, not owned */
    CaseFiles register(CasePlan plan, RegistrationModel network) {
        Judge judge = new Judge(network, candidates, network.manifest().structures());
        List<ScaleScores> scales = new ArrayList<>();
        List<StructureCase> structures = new ArrayList<>();
        List<MapFigures> maps = new ArrayList<>();
        List<Integer> scaling = plan.scaling();
        try (ProgressBar bar = new ProgressBar("calibrate", scaling.size() + plan.size())) {
            for (int number : scaling) {
                scales.add(judge.scales(plan.make(number).get(0)));
                bar.step();
            }
            double errorScale = ErrorScale.of(scales).value();
            for (int number = 0; number < plan.size(); number++) {
                for (Judge.Outcome outcome : judge.judge(plan.make(number), errorScale)) {
                    structures.addAll(outcome.structures());
                    outcome.maps().ifPresent(maps::add);
                }
                bar.step();
            }
        }
        return new CaseFiles(structures, maps, scales);
    }

    /**
     * Fits limits and puts them into the package.
     *
     * @param cases as registered, or as read
     * @param out   folder to write into, the package's or another
     * @return tables for people
     */
    public String fit(CaseFiles cases, Path out) throws IOException {
        ModelManifest manifest = ManifestJson.read(model.resolve(ManifestJson.FILE));
        CalibrationResult result = CalibrationResult.of(cases, manifest.structures(), each, seed);
        CalibratedPackage.write(model, out, result, manifest.ensemble().isPresent() ? "ensemble" : "student");
        return CalibrationText.of(result);
    }
}
