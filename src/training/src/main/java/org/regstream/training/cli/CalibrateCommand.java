package org.regstream.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.regstream.training.calibrate.CasePlan;
import org.regstream.training.calibrate.PackageCalibration;
import org.regstream.training.data.Dataset;
import org.regstream.training.data.Task;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "calibrate", mixinStandardHelpOptions = true, showDefaultValues = true, description = {
        "Fits the alert on predicted Dice: registers validation pairs and made-up failures by a package's ensemble (its student",
        "if it has none), prints how many bad registrations alert and how many good ones do, and puts limits, figures and the",
        "ROC plot into the package."})
final class CalibrateCommand implements Callable<Integer> {

    @Option(names = "--model", required = true, description = "folder of the package, such as models/hippocampus")
    private Path model;

    @Option(names = "--data", required = true, description = "the folder that the package was trained on")
    private Path data;

    @Option(names = "--seed", description = "of the made-up failures")
    private long seed = 1;

    @Option(names = "--failures", description = "how many of the " + CasePlan.KINDS
            + " kinds of failure each pair meets, in turn; fewer take less time")
    private int failures = CasePlan.KINDS;

    @Option(names = "--out", description = "write manifest.json, CARD.md and calibration/ here and leave the package as it is")
    private Path out;

    @Option(names = "--cases", description = "also write every case and its features as CSV")
    private Path cases;

    @Override
    public Integer call() throws IOException {
        PackageCalibration calibration = new PackageCalibration(model, Dataset.open(data), Task.HIPPOCAMPUS, failures,
                seed);
        System.out.print(calibration.run(out == null ? model : out, cases));
        return 0;
    }
}
