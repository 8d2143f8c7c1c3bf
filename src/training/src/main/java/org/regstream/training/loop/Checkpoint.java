package org.regstream.training.loop;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.regstream.core.ConfigurationException;

/**
 * A run as a file, big-endian: magic, settings as JSON, progress, then student, moments and teacher as float32. Written to a
 * neighbour and moved over the old one, so that a crash leaves one whole checkpoint.
 */
final class Checkpoint {
    private static final int MAGIC = 0x52475332;
    private static final int MAX_WEIGHTS = 100_000_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Checkpoint() {}

    static void write(Path file, TrainingSettings settings, TrainingState state) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)))) {
            out.writeInt(MAGIC);
            out.writeUTF(JSON.writeValueAsString(settings));
            writeProgress(out, state.progress());
            writeVector(out, state.weights().toFloatArray());
            writeVector(out, state.mean().toFloatArray());
            writeVector(out, state.variance().toFloatArray());
            writeVector(out, state.teacher().toFloatArray());
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A run as it was saved. */
    record Saved(TrainingSettings settings, Progress progress, float[] weights, float[] mean, float[] variance,
            float[] teacher) {

        TrainingState state(NDManager manager) {
            return TrainingState.of(manager, weights, mean, variance, teacher, progress);
        }
    }

    /** @throws ConfigurationException if the file is not a checkpoint of this version */
    static Saved read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != MAGIC) {
                throw new ConfigurationException(file + " is not a checkpoint of this version; train anew");
            }
            TrainingSettings settings = JSON.readValue(in.readUTF(), TrainingSettings.class);
            Progress progress = readProgress(in);
            return new Saved(settings, progress, readVector(in), readVector(in), readVector(in), readVector(in));
        }
    }

    private static void writeProgress(DataOutputStream out, Progress p) throws IOException {
        out.writeLong(p.steps());
        for (double term : p.sum().toArray()) {
            out.writeDouble(term);
        }
        out.writeDouble(p.minutes());
        out.writeDouble(p.first());
    }

    private static Progress readProgress(DataInputStream in) throws IOException {
        long steps = in.readLong();
        double[] sum = new double[Term.values().length];
        for (int term = 0; term < sum.length; term++) {
            sum[term] = in.readDouble();
        }
        return new Progress(steps, LossParts.of(sum), in.readDouble(), in.readDouble());
    }

    static void writeVector(DataOutputStream out, float[] values) throws IOException {
        out.writeInt(values.length);
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    static float[] readVector(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 1 || length > MAX_WEIGHTS) {
            throw new ConfigurationException("a checkpoint cannot hold " + length + " weights, at most " + MAX_WEIGHTS
                    + "; the file is damaged, train anew");
        }
        float[] values = new float[length];
        for (int x = 0; x < length; x++) {
            values[x] = in.readFloat();
        }
        return values;
    }
}
