package org.regstream.training.calibrate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
import org.regstream.training.calibrate.cases.ScaleScores;
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
        List<OnnxModel> networks = new ArrayList<>();
        try {
            for (int n = 0; n < Runtime.getRuntime().availableProcessors(); n++) {
                networks.add(network(opened));
            }
            return register(plan, networks);
        } finally {
            networks.forEach(OnnxModel::close);
        }
    }

    private static OnnxModel network(ModelPackage opened) {
        OnnxSettings alone = OnnxSettings.DEFAULT.withThreads(1);
        return OnnxModel.openEnsemble(opened, alone).orElseGet(() -> OnnxModel.openStudent(opened, alone));
    }

    /** @param networks alike, each works on a case of its own at a time; referenced, not owned */
    CaseFiles register(CasePlan plan, List<? extends RegistrationModel> networks) {
        List<Judge> judges = networks.stream()
                .map(n -> new Judge(n, candidates, n.manifest().structures())).toList();
        List<Integer> scaling = plan.scaling();
        List<Integer> all = IntStream.range(0, plan.size()).boxed().toList();
        try (ProgressBar bar = new ProgressBar("calibrate", scaling.size() + plan.size());
                SideBySide<Judge> side = new SideBySide<>(judges)) {
            List<ScaleScores> scales = side.each(scaling,
                    (judge, number) -> judge.scales(plan.make(number).get(0)), bar::step);
            double errorScale = ErrorScale.of(scales).value();
            List<Judge.Outcome> outcomes = side
                    .each(all, (judge, number) -> judge.judge(plan.make(number), errorScale), bar::step).stream()
                    .flatMap(List::stream).toList();
            return new CaseFiles(outcomes.stream().flatMap(o -> o.structures().stream()).toList(),
                    outcomes.stream().flatMap(o -> o.maps().stream()).toList(), scales);
        }
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
