package org.regstream.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Orientation;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.IntensityMapping;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiWriter;
import org.regstream.training.data.AugmentationSettings;
import org.regstream.training.data.Sample;
import org.regstream.training.data.Task;
import org.regstream.training.loop.Objective;
import org.regstream.training.loop.Optimiser;
import org.regstream.training.loop.Schedule;
import org.regstream.training.loop.TrainingSettings;
import org.regstream.training.network.Layer;
import org.regstream.training.network.NetworkDesign;
import org.regstream.training.network.Precision;
import org.regstream.training.network.Preset;

/** Ellipsoids of two halves in noise: enough to train on within seconds. */
public final class TinyTask {

    /** Sides differ, so that exchanged axes show. */
    public static final Task TASK = new Task("tiny", new ModelGrid(16, 32, 16, 1, "RAS"), new IntensityMapping(99.9),
            List.of(new Structure(1, "lower", "1", "Lower", "#ff0000"),
                    new Structure(2, "upper", "2", "Upper", "#00ff00")),
            "synthetic");

    private TinyTask() {}

    /** The plain network, with labels, on the poses alone. */
    public static TrainingSettings settings(int epochs) {
        return settings(epochs, NetworkDesign.plain(Preset.PAPER, TASK.channels()),
                Objective.P1.withSmoothness(0.1));
    }

    public static TrainingSettings settings(int epochs, NetworkDesign network, Objective objective) {
        return new TrainingSettings(3, epochs, TrainingSettings.RANDOM, 1, network, objective,
                AugmentationSettings.POSES, Optimiser.ADAM,
                new Schedule(1e-3, 0), Precision.FLOAT32, TASK.grid());
    }

    /** Fresh weights, the flow's kernel times a factor: fields of up to a few voxels, unlike a fresh network's. */
    public static float[] movingWeights(NetworkDesign design, float factor) {
        return scaled(design, design.initialWeights(new Random(5)), "flow", factor);
    }

    /** The same weights, one layer's kernel times a factor. @param weights changed */
    public static float[] scaled(NetworkDesign design, float[] weights, String name, float factor) {
        int at = 0;
        for (Layer layer : design.layers()) {
            for (int x = at; layer.name().equals(name) && x < at + layer.kernelSize(); x++) {
                weights[x] *= factor;
            }
            at += layer.size();
        }
        return weights;
    }

    /** Of the absolute values. */
    public static float largest(float[] values) {
        float max = 0;
        for (float v : values) {
            max = Math.max(max, Math.abs(v));
        }
        return max;
    }

    public static Sample sample(int seed) {
        return Sample.of("tiny_" + seed + ".nii.gz", image(seed), labels(seed), TASK);
    }

    public static List<Sample> samples(int n) {
        return IntStream.range(0, n).mapToObj(TinyTask::sample).toList();
    }

    public static LabelProbabilities oneHot(Sample sample) {
        return LabelProbabilities.oneHot(sample.labels(), TASK.channels());
    }

    /** Writes {@code images/} and {@code labels/} of n samples. */
    public static void write(Path folder, int n) throws IOException {
        for (String part : List.of("images", "labels")) {
            Files.createDirectories(folder.resolve(part));
        }
        for (int seed = 0; seed < n; seed++) {
            NiftiWriter.write(image(seed), folder.resolve("images/tiny_" + seed + ".nii.gz"));
            NiftiWriter.write(labels(seed), folder.resolve("labels/tiny_" + seed + ".nii.gz"));
        }
    }

    /** 14 x 27 x 15 voxels in RAS, smaller than the window. */
    private static Grid grid() {
        return new Orientation("RAS")
                .reorient(new Grid(14, 27, 15, Affine.axisAligned(new Vector3(5, -9, 20), 1, 1, 1)));
    }

    private static Volume image(int seed) {
        Random random = new Random(seed + 100);
        Grid g = grid();
        byte[] labels = labels(seed).labels();
        float[] values = new float[g.size()];
        for (int x = 0; x < values.length; x++) {
            values[x] = (float) (100 + 60 * labels[x] + 5 * random.nextGaussian());
        }
        return Volume.takeOwnershipOf(g, values);
    }

    private static LabelMap labels(int seed) {
        Random random = new Random(seed);
        Grid g = grid();
        double k0 = 6.5 + 1.5 * (random.nextDouble() - 0.5);
        double j0 = 13 + 4 * (random.nextDouble() - 0.5);
        double i0 = 7 + 1.5 * (random.nextDouble() - 0.5);
        double size = 1 + 0.3 * random.nextDouble();
        byte[] labels = new byte[g.size()];
        for (int x = 0; x < labels.length; x++) {
            double k = (x / (g.height() * g.width()) - k0) / 4;
            double j = (x / g.width() % g.height() - j0) / 7;
            double i = (x % g.width() - i0) / 4;
            labels[x] = (byte) (k * k + j * j + i * i > size ? 0 : j < 0 ? 1 : 2);
        }
        return LabelMap.takeOwnershipOf(g, labels);
    }
}
