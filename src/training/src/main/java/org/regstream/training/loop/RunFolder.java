package org.regstream.training.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.regstream.core.ConfigurationException;

/**
 * A run on disk: {@code checkpoint.bin}, replaced after each epoch, and {@code log.jsonl}, one JSON object an epoch.
 *
 * @param path of the folder
 */
public record RunFolder(Path path) {

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
        return new TrainedRun(saved.settings(), saved.progress().steps(), saved.progress().minutes(), saved.average());
    }

    void save(TrainingSettings settings, TrainingState state) throws IOException {
        Files.createDirectories(path);
        Checkpoint.write(checkpoint(), settings, state);
    }

    void log(int epoch, LossParts mean, double minutes, Validation.Result validation) throws IOException {
        String line = String.format(Locale.ROOT, "{\"epoch\": %d, \"loss\": %.6f, \"nlcc\": %.6f, \"dice\": %.6f,"
                + " \"smoothness\": %.6f, \"minutes\": %.2f%s}%n", epoch, mean.total(), -mean.similarity(),
                1 - mean.segmentation(), mean.smoothness(), minutes, figures(validation));
        Files.createDirectories(path);
        Files.writeString(path.resolve("log.jsonl"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String figures(Validation.Result v) {
        return v == Validation.Result.NONE
                ? ""
                : String.format(Locale.ROOT, ", \"validationDice\": %.4f, \"validationFolding\": %.6f", v.dice(),
                        v.folding());
    }
}
