package org.regstream.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.regstream.core.ConfigurationException;
import org.regstream.core.pipeline.Candidates;
import org.regstream.training.calibrate.PackageCalibration;
import org.regstream.training.calibrate.cases.CaseFiles;
import org.regstream.training.data.Dataset;
import org.regstream.training.data.Task;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "calibrate", mixinStandardHelpOptions = true, showDefaultValues = true, description = {
        "Fits what tells how far carried labels can be trusted: registers pairs of one patient (simulated) and of two people, as they",
        "should be and spoiled on either side, by a package's ensemble (its student if it has none), prints what is told of bad",
        "structures and what of good ones, and puts limits, figures and the ROC plot into the package."})
final class CalibrateCommand implements Callable<Integer> {

    @Option(names = "--model", required = true, description = "folder of the package, such as models/hippocampus")
    private Path model;

    @Option(names = "--data", description = "the folder that the package was trained on; not needed with --from-cases")
    private Path data;

    @Option(names = "--seed", description = "of the made-up cases")
    private long seed = 1;

    @Option(names = "--failures", description = "how many cases each kind of failure gets, of one patient and of two people each;"
            + " fewer take less time")
    private int failures = 20;

    @Option(names = "--no-fit", description = "choose from alignment and network alone, as a service that fits nothing")
    private boolean noFit;

    @Option(names = "--out", description = "write manifest.json, CARD.md and calibration/ here and leave the package as it is")
    private Path out;

    @Option(names = "--cases", description = "also write every case and its features as CSV; .maps.csv and .scales.csv lie beside it")
    private Path cases;

    @Option(names = "--from-cases", description = "fit again on what --cases wrote, with the same seed and failures; no network runs")
    private Path fromCases;

    @Override
    public Integer call() throws IOException {
        PackageCalibration calibration = new PackageCalibration(model, candidates(), failures, seed);
        CaseFiles files = fromCases == null ? registered(calibration) : CaseFiles.read(fromCases);
        if (cases != null) {
            files.write(cases);
        }
        System.out.print(calibration.fit(files, out == null ? model : out));
        return 0;
    }

    private CaseFiles registered(PackageCalibration calibration) {
        if (data == null) {
            throw new ConfigurationException("cases are made of images: give --data, or --from-cases");
        }
        return calibration.register(Dataset.open(data), Task.HIPPOCAMPUS);
    }

    private Candidates candidates() {
        return noFit ? Candidates.withoutFitting() : OfflineCandidates.fitting();
    }
}
