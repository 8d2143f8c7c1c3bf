package org.regstream.training.template;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Orientation;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Resample;
import org.regstream.core.warp.Warp;
import org.regstream.onnx.GoldenPair;
import org.regstream.training.data.Sample;
import org.regstream.training.data.Task;

/**
 * Makes a template: the images' mean as they lie, then, a few times over, the mean of all images registered to it. Intensities
 * are averaged over the images that cover a voxel, soft labels likewise; the label of a voxel is the most probable one.
 * The template is cropped to the median size of the images, so that a network sees it as it saw them.
 */
public final class TemplateBuilder {

    private final GoldenPair.Network network;
    private final Task task;
    private final Grid crop;
    private final Grid window;
    private final boolean[] inside;

    private TemplateBuilder(GoldenPair.Network network, Task task, List<Sample> samples) {
        this.network = network;
        this.task = task;
        crop = medianCrop(task, samples);
        window = task.grid().centredOn(crop);
        inside = Resample.inside(crop, window);
    }

    /**
     * @param network  trained on the same task
     * @param samples  training images
     * @param rounds   of registration, at least 1
     * @param progress told after each registration
     */
    public static Template build(GoldenPair.Network network, Task task, List<Sample> samples, int rounds,
            Consumer<Sample> progress) {
        TemplateBuilder builder = new TemplateBuilder(network, task, samples);
        Mean mean = builder.mean(samples, null, progress);
        for (int round = 0; round < rounds; round++) {
            mean = builder.mean(samples, builder.mapped(mean), progress);
        }
        return builder.cropped(mean);
    }

    /** Sums over images: intensity, and one channel a label and one for padding. */
    private record Mean(float[] intensity, float[] labels) {}

    /** @param fixed what to register to; null takes the images as they lie */
    private Mean mean(List<Sample> samples, Volume fixed, Consumer<Sample> progress) {
        Mean sum = new Mean(new float[window.size()], new float[(task.channels() + 1) * window.size()]);
        for (Sample sample : samples) {
            LabelProbabilities padded = LabelProbabilities.oneHot(withPadding(sample), task.channels() + 1);
            Volume moving = sample.image().withGrid(window);
            if (fixed == null) {
                add(sum, moving, padded);
            } else {
                DisplacementField u = network.look(fixed, moving).displacement();
                add(sum, Warp.linear(moving, u, 0), Warp.linear(padded, u));
            }
            progress.accept(sample);
        }
        return sum;
    }

    /** Padding as a label of its own, the highest. */
    private LabelMap withPadding(Sample sample) {
        byte[] labels = sample.labels().labels().clone();
        for (int x = 0; x < labels.length; x++) {
            if (!sample.inside()[x]) {
                labels[x] = (byte) task.channels();
            }
        }
        return LabelMap.takeOwnershipOf(window, labels);
    }

    private static void add(Mean sum, Volume image, LabelProbabilities labels) {
        for (int x = 0; x < sum.intensity.length; x++) {
            sum.intensity[x] += image.values()[x];
        }
        for (int x = 0; x < sum.labels.length; x++) {
            sum.labels[x] += labels.values()[x];
        }
    }

    /** The mean intensity in the network's range, 0 outside the crop. */
    private Volume mapped(Mean mean) {
        int n = window.size();
        float[] values = new float[n];
        for (int x = 0; x < n; x++) {
            float covered = 0;
            for (int c = 0; c < task.channels(); c++) {
                covered += mean.labels[c * n + x];
            }
            values[x] = covered > 0 ? mean.intensity[x] / covered : 0;
        }
        return Volume.takeOwnershipOf(window, task.intensity().apply(values, inside));
    }

    private Template cropped(Mean mean) {
        float[] labels = Arrays.copyOf(mean.labels, task.channels() * window.size());
        LabelMap best = LabelProbabilities.takeOwnershipOf(window, task.channels(), labels).argMax();
        float[] image = Resample.linear(mapped(mean), crop, 0).values();
        for (int x = 0; x < image.length; x++) {
            image[x] = Math.round(image[x] * Template.RANGE);
        }
        return new Template(Volume.takeOwnershipOf(crop, image), Resample.nearest(best, crop));
    }

    /** A grid of the median size, in the network's orientation, with its middle at the origin. */
    private static Grid medianCrop(Task task, List<Sample> samples) {
        int[] shape = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            int along = axis;
            int[] sizes = samples.stream().mapToInt(s -> extent(s, along)).sorted().toArray();
            shape[axis] = sizes[sizes.length / 2];
        }
        double mm = task.grid().spacingMm();
        Grid lps = new Grid(shape[0], shape[1], shape[2], Affine.axisAligned(
                new Vector3(-(shape[2] - 1) * mm / 2, -(shape[1] - 1) * mm / 2, -(shape[0] - 1) * mm / 2), mm, mm, mm));
        return new Orientation(task.grid().orientation()).reorient(lps);
    }

    /** Voxels of the image along an axis: its mask is a box. */
    private static int extent(Sample sample, int axis) {
        Grid g = sample.image().grid();
        int[] strides = {g.height() * g.width(), g.width(), 1};
        int first = Integer.MAX_VALUE;
        int last = -1;
        for (int x = 0; x < sample.inside().length; x++) {
            if (sample.inside()[x]) {
                int at = x / strides[axis] % g.shape()[axis];
                first = Math.min(first, at);
                last = Math.max(last, at);
            }
        }
        return last - first + 1;
    }
}
