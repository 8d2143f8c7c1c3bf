package org.regstream.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.regstream.core.ConfigurationException;
import org.regstream.onnx.OnnxModel;
import org.regstream.onnx.OnnxSettings;
import org.regstream.training.data.Dataset;
import org.regstream.training.data.Sample;
import org.regstream.training.data.Task;
import org.regstream.training.patient.Movement;
import org.regstream.training.patient.OnePatient;
import org.regstream.training.patient.OnePatientText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "one-patient", mixinStandardHelpOptions = true, showDefaultValues = true, sortOptions = false, description = {
        "Registers validation images to themselves, moved by known fields, as the service does, and prints how much of the",
        "given labels lies right: before, along the network's field, and along the field that is published."})
final class OnePatientCommand implements Callable<Integer> {

    @Option(names = "--model", required = true, description = "folder of the package, such as models/hippocampus")
    private Path model;

    @Option(names = "--data", required = true, description = "folder with images/ and labels/ of NIfTI files")
    private Path data;

    @Option(names = "--images", description = "how many of the validation images; 0: all")
    private int images;

    @Option(names = "--ensemble", description = "by the package's ensemble instead of its student")
    private boolean ensemble;

    @Option(names = "--seed", description = "of motions and scans")
    private long seed = 1;

    @Override
    public Integer call() throws IOException {
        Dataset dataset = Dataset.open(data);
        List<Sample> all = dataset.read(dataset.split().validation(), Task.HIPPOCAMPUS);
        List<Sample> patients = images > 0 && images < all.size() ? all.subList(0, images) : all;
        try (OnnxModel network = open();
                ProgressBar bar = new ProgressBar("one patient", (long) patients.size() * (Movement.ALL.size() + 1))) {
            OnePatient.Registrar registrar = new OnePatient.Registrar(network::look,
                    OfflineCandidates.fitting(), network.manifest().intensity());
            OnePatient result = OnePatient.of(registrar, patients, seed, name -> bar.step());
            bar.refresh();
            System.out.printf("%n%s", OnePatientText.of(result));
        }
        return 0;
    }

    private OnnxModel open() {
        return ensemble
                ? OnnxModel.openEnsemble(model, OnnxSettings.DEFAULT)
                        .orElseThrow(() -> new ConfigurationException(
                                "--ensemble: " + model + " has none; leave the option out"))
                : OnnxModel.openStudent(model, OnnxSettings.DEFAULT);
    }
}
