package org.regstream.training.loop;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.regstream.core.ConfigurationException;

/**
 * A run on disk: {@code checkpoint.bin}, replaced after each epoch; {@code snapshots/NNN.bin}, the weights at the end of cycle
 * NNN; {@code log.jsonl}, one JSON object an epoch; {@code weights.csv}, λφ and λc of each step of a mean teacher.
 *
 * @param path of the folder
 */
public record RunFolder(Path path) {

    /** Lines {@code step,lambdaPhi,lambdaC} of a training with a mean teacher. */
    public static final String WEIGHTS = "weights.csv";

    public Path checkpoint() {
        return path.resolve("checkpoint.bin");
    }

    public boolean hasCheckpoint() {
        return Files.isRegularFile(checkpoint());
    }

    /** @throws ConfigurationException if there is no checkpoint */
    public TrainedRun trained() throws IOException {
        if (!hasCheckpoint()) {
            throw new ConfigurationException(checkpoint() + " is missing: name the folder that train --out wrote");
        }
        Checkpoint.Saved saved = Checkpoint.read(checkpoint());
        return new TrainedRun(saved.settings(), saved.progress().steps(), saved.progress().minutes(), saved.weights(),
                saved.teacher(), snapshots());
    }

    private List<float[]> snapshots() throws IOException {
        List<float[]> found = new ArrayList<>();
        for (int cycle = 1; Files.isRegularFile(snapshot(cycle)); cycle++) {
            found.add(readSnapshot(snapshot(cycle)));
        }
        return found;
    }

    /** @param file that a training has left in {@code snapshots/} */
    public static float[] readSnapshot(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            return Checkpoint.readVector(in);
        }
    }

    /** @return settings of the run that a snapshot lies in, empty if it has been taken out of its folder */
    public static Optional<TrainingSettings> ofSnapshot(Path snapshot) throws IOException {
        Path checkpoint = snapshot.toAbsolutePath().resolveSibling("../checkpoint.bin").normalize();
        return Files.isRegularFile(checkpoint)
                ? Optional.of(Checkpoint.read(checkpoint).settings())
                : Optional.empty();
    }

    private Path snapshot(int cycle) {
        return path.resolve(String.format(Locale.ROOT, "snapshots/%03d.bin", cycle));
    }

    void save(TrainingSettings settings, TrainingState state) throws IOException {
        Files.createDirectories(path);
        Checkpoint.write(checkpoint(), settings, state);
    }

    /** @param cycle from 1 */
    void saveSnapshot(int cycle, float[] weights) throws IOException {
        Files.createDirectories(snapshot(cycle).getParent());
        try (DataOutputStream out = new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(snapshot(cycle))))) {
            Checkpoint.writeVector(out, weights);
        }
    }

    void log(int epoch, LossParts mean, double minutes, Validation.Result validation) throws IOException {
        StringBuilder line = new StringBuilder("{\"epoch\": ").append(epoch);
        for (Term term : Term.values()) {
            line.append(String.format(Locale.ROOT, ", \"%s\": %.6f", term.key(), mean.get(term)));
        }
        line.append(String.format(Locale.ROOT, ", \"minutes\": %.2f%s}%n", minutes, figures(validation)));
        append("log.jsonl", line.toString());
    }

    /** @param lines {@code step,lambdaPhi,lambdaC} each */
    void logWeights(String lines) throws IOException {
        append(WEIGHTS, lines);
    }

    private void append(String file, String text) throws IOException {
        Files.createDirectories(path);
        Files.writeString(path.resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String figures(Validation.Result v) {
        return v == Validation.Result.NONE
                ? ""
                : String.format(Locale.ROOT, ", \"validationDice\": %.4f, \"validationRefinedDice\": %.4f,"
                        + " \"validationFolding\": %.6f, \"validationSdDeterminant\": %.4f", v.dice(), v.refinedDice(),
                        v.folding(), v.sdDeterminant());
    }
}
