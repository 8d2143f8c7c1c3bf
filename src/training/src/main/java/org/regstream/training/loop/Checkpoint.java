package org.regstream.training.loop;

import ai.djl.ndarray.NDManager;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.regstream.core.ConfigurationException;
import org.regstream.core.model.ModelGrid;
import org.regstream.training.network.Precision;
import org.regstream.training.network.VoxelMorph;

/**
 * A run as a file, big-endian: magic, settings, progress, then weights, moments and average as float32. Written to a
 * neighbour and moved over the old one, so that a crash leaves one whole checkpoint.
 */
final class Checkpoint {
    private static final int MAGIC = 0x52475331;

    private Checkpoint() {}

    static void write(Path file, TrainingSettings settings, TrainingState state) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)))) {
            out.writeInt(MAGIC);
            writeSettings(out, settings);
            writeProgress(out, state.progress());
            writeVector(out, state.weights().toFloatArray());
            writeVector(out, state.mean().toFloatArray());
            writeVector(out, state.variance().toFloatArray());
            writeVector(out, state.average().toFloatArray());
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A run as it was saved.
     *  @param average running average of the weights: what to export */
    record Saved(TrainingSettings settings, Progress progress, float[] weights, float[] mean, float[] variance,
            float[] average) {

        TrainingState state(NDManager manager) {
            return TrainingState.of(manager, weights, mean, variance, average, progress);
        }
    }

    /** @throws ConfigurationException if the file is not a checkpoint of this network */
    static Saved read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != MAGIC) {
                throw new ConfigurationException(file + " is not a checkpoint of this version; train anew");
            }
            TrainingSettings settings = readSettings(in);
            Progress progress = readProgress(in);
            return new Saved(settings, progress, readVector(in), readVector(in), readVector(in), readVector(in));
        }
    }

    private static void writeSettings(DataOutputStream out, TrainingSettings s) throws IOException {
        out.writeLong(s.seed());
        out.writeInt(s.epochs());
        out.writeDouble(s.rate());
        out.writeDouble(s.smoothness());
        out.writeInt(s.channels());
        out.writeUTF(s.precision().name());
        ModelGrid g = s.grid();
        out.writeInt(g.depth());
        out.writeInt(g.height());
        out.writeInt(g.width());
        out.writeDouble(g.spacingMm());
        out.writeUTF(g.orientation());
    }

    private static TrainingSettings readSettings(DataInputStream in) throws IOException {
        return new TrainingSettings(in.readLong(), in.readInt(), in.readDouble(), in.readDouble(), in.readInt(),
                Precision.valueOf(in.readUTF()),
                new ModelGrid(in.readInt(), in.readInt(), in.readInt(), in.readDouble(), in.readUTF()));
    }

    private static void writeProgress(DataOutputStream out, Progress p) throws IOException {
        out.writeLong(p.steps());
        out.writeDouble(p.sum().total());
        out.writeDouble(p.sum().similarity());
        out.writeDouble(p.sum().segmentation());
        out.writeDouble(p.sum().smoothness());
        out.writeDouble(p.minutes());
        out.writeDouble(p.first());
    }

    private static Progress readProgress(DataInputStream in) throws IOException {
        long steps = in.readLong();
        LossParts sum = new LossParts(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
        return new Progress(steps, sum, in.readDouble(), in.readDouble());
    }

    private static void writeVector(DataOutputStream out, float[] values) throws IOException {
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    private static float[] readVector(DataInputStream in) throws IOException {
        float[] values = new float[VoxelMorph.size()];
        for (int x = 0; x < values.length; x++) {
            values[x] = in.readFloat();
        }
        return values;
    }
}
