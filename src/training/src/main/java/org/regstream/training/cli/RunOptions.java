package org.regstream.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.regstream.core.ConfigurationException;
import org.regstream.onnx.PackageFiles;
import org.regstream.training.data.NamedAugmentation;
import org.regstream.training.data.Task;
import org.regstream.training.loop.Direction;
import org.regstream.training.loop.MeanTeacher;
import org.regstream.training.loop.Objective;
import org.regstream.training.loop.Optimiser;
import org.regstream.training.loop.RunFolder;
import org.regstream.training.loop.Schedule;
import org.regstream.training.loop.Similarity;
import org.regstream.training.loop.TrainingSettings;
import org.regstream.training.network.Conditioning;
import org.regstream.training.network.Dropout;
import org.regstream.training.network.Flow;
import org.regstream.training.network.Heads;
import org.regstream.training.network.Inheritance;
import org.regstream.training.network.NetworkDesign;
import org.regstream.training.network.Precision;
import org.regstream.training.network.Preset;
import picocli.CommandLine.Option;

/** What decides the numbers of a run. */
final class RunOptions {

    @Option(names = "--epochs", description = "passes over the training images")
    private int epochs = 34;

    @Option(names = "--seed", description = "of weights, pairs, poses and dropout")
    private long seed = 1;

    @Option(names = "--start", description = "weights to begin with, such as RUN/snapshots/001.bin, instead of random ones; a network of"
            + " another design takes over the layers that it shares")
    private Path start;

    @Option(names = "--share", description = "of the training images that this run sees (bootstrap: 0.9)")
    private double share = 1;

    @Option(names = "--preset", description = "size of the network: ${COMPLETION-CANDIDATES}")
    private Preset preset = Preset.FAST;

    @Option(names = "--flow", description = "what the network estimates: ${COMPLETION-CANDIDATES}")
    private Flow flow = Flow.VELOCITY;

    @Option(names = "--heads", description = "${COMPLETION-CANDIDATES}")
    private Heads heads = Heads.TWIN;

    @Option(names = "--dropout", description = "${COMPLETION-CANDIDATES}")
    private Dropout dropout = Dropout.NONE;

    @Option(names = "--conditioning", description = "SMOOTHNESS: the network is told lambda, which is drawn in each step:"
            + " ${COMPLETION-CANDIDATES}")
    private Conditioning conditioning = Conditioning.NONE;

    @Option(names = "--similarity", description = "${COMPLETION-CANDIDATES}")
    private Similarity similarity = Similarity.NLCC;

    @Option(names = "--segmentation", description = "weight of the labels' Dice; 0 trains without labels")
    private double segmentation = 4;

    @Option(names = "--smoothness", description = "lambda, weight of the smoothness term: of the squared norm of the"
            + " gradient beside NLCC, of the mean of its nine squares beside MIND")
    private double smoothness = 1.4;

    @Option(names = "--uncertainty", description = "weight of the predictive uncertainty's term")
    private double uncertainty = 0.1;

    @Option(names = "--divergence", description = "weight of the Kullback-Leibler term")
    private double divergence;

    @Option(names = "--direction", description = "BOTH warps both images of a pair: ${COMPLETION-CANDIDATES}")
    private Direction direction = Direction.BOTH;

    @Option(names = "--teacher", description = "mean teacher: ${COMPLETION-CANDIDATES}")
    private MeanTeacher teacher = MeanTeacher.NONE;

    @Option(names = "--augmentation", description = "POSES: affine and mirror; FULL: also elastic fields and intensities;"
            + " CONTRAST: half of the pairs in two contrasts, for MIND: ${COMPLETION-CANDIDATES}")
    private NamedAugmentation augmentation = NamedAugmentation.POSES;

    @Option(names = "--optimiser", description = "${COMPLETION-CANDIDATES}")
    private Optimiser optimiser = Optimiser.ADAM;

    @Option(names = "--rate", description = "learning rate")
    private double rate = 8e-4;

    @Option(names = "--cycles", description = "cosine cycles of the learning rate, each ends with a snapshot; 0 keeps the"
            + " rate")
    private int cycles = 9;

    @Option(names = "--lead", description = "share of the steps that the first cycle takes, the others then start from less"
            + " than a third of the rate; 0: all cycles are alike")
    private double lead = 0.8;

    /** @return weights to begin with, empty for random ones */
    Optional<float[]> start(NetworkDesign network) throws IOException {
        if (start == null) {
            return Optional.empty();
        }
        float[] weights = RunFolder.readSnapshot(start);
        NetworkDesign from = RunFolder.ofSnapshot(start).map(TrainingSettings::network).orElse(network);
        if (weights.length != from.size()) {
            throw new ConfigurationException(start + " holds " + weights.length + " weights, "
                    + from + " has " + from.size() + "; name a snapshot in the folder that its training wrote");
        }
        return Optional.of(Inheritance.of(network, from, weights, new Random(seed)));
    }

    TrainingSettings settings(Task task, Precision precision) {
        NetworkDesign network = new NetworkDesign(preset, flow, heads, dropout, conditioning, task.channels());
        Objective objective = new Objective(similarity, segmentation, smoothness, uncertainty, divergence, direction,
                teacher);
        return new TrainingSettings(seed, epochs, start == null ? TrainingSettings.RANDOM : PackageFiles.sha256(start),
                share, network, objective, augmentation.settings(), optimiser,
                new Schedule(rate, cycles, lead),
                precision, task.grid());
    }
}
