package org.regstream.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

import org.regstream.core.ModelException;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.Prediction;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

/**
 * A small input with the outputs that the exported network must give for it: {@code golden/pair.npz}, readable by numpy.
 *
 * <pre>
 * fixed, moving        u1 [D, H, W]      mapped intensity times 255; the input is exactly this value / 255
 * moving_labels        u1 [D, H, W]      labels
 * displacement         f4 [3, d, h, w]   voxels of the window, (k, j, i), at every n-th voxel of each axis
 * warped               f4 [d, h, w]      mapped intensity, likewise
 * label_probabilities  f4 [C, d, h, w]   likewise
 * </pre>
 *
 * n is the smallest step that keeps at most {@link #MAX_SAMPLES} of the window's voxels, starting at voxel (0, 0, 0).
 * Every output voxel of these networks depends on a wide neighbourhood, so a wrong operator shows in the samples.
 */
public final class GoldenPair {

    /** Name inside the package folder, as the manifest lists it. */
    public static final String FILE = "golden/pair.npz";

    /** Keeps the file of the 48 x 64 x 48 window well under 1 MB. */
    public static final int MAX_SAMPLES = 20_000;

    /**
     * Largest difference of a displacement component, voxels. Execution providers sum in different orders and CUDA may
     * round products to 10 bits of mantissa; a hundredth of a voxel is far below what matters to a label.
     */
    public static final double DISPLACEMENT_TOLERANCE_VOXELS = 0.01;

    /**
     * Largest difference of a warped intensity or a label probability, which lie in [0, 1]: the displacement's tolerance on
     * three axes, each with the steepest edge there is (1 a voxel).
     */
    public static final double VALUE_TOLERANCE = 3 * DISPLACEMENT_TOLERANCE_VOXELS;

    private static final long MAX_FILE_BYTES = 64L << 20;

    private final Volume fixed;
    private final Volume moving;
    private final LabelMap movingLabels;
    private final int channels;
    private final float[] displacement;
    private final float[] warped;
    private final float[] labelProbabilities;

    private GoldenPair(Volume fixed, Volume moving, LabelMap movingLabels, int channels, float[] displacement,
            float[] warped, float[] labelProbabilities) {
        this.fixed = fixed;
        this.moving = moving;
        this.movingLabels = movingLabels;
        this.channels = channels;
        this.displacement = displacement;
        this.warped = warped;
        this.labelProbabilities = labelProbabilities;
    }

    /** Whatever computes the network: training's own forward pass at export, the exported graph at start. */
    @FunctionalInterface
    public interface Network {
        Prediction predict(Volume fixed, Volume moving, LabelProbabilities movingLabels);
    }

    /**
     * Runs a network on a pair and keeps what it returns.
     *
     * @param network      the reference whose outputs are right by definition
     * @param channels     label channels, background included
     * @param fixed        mapped intensities in [0, 1] on the window; rounded to multiples of 1 / 255. Not modified.
     * @param moving       likewise
     * @param movingLabels labels of {@code moving} on the same grid
     */
    public static GoldenPair record(Network network, int channels, Volume fixed, Volume moving, LabelMap movingLabels) {
        Volume f = dequantised(fixed.grid(), quantised(fixed));
        Volume m = dequantised(moving.grid(), quantised(moving));
        Prediction p = network.predict(f, m, LabelProbabilities.oneHot(movingLabels, channels));
        return new GoldenPair(f, m, movingLabels, channels, sampled(p.displacement().components(), 3, f.grid()),
                sampled(p.warped().values(), 1, f.grid()),
                sampled(p.labelProbabilities().values(), channels, f.grid()));
    }

    /** Writes {@link #FILE} into a package folder; the same pair gives the same bytes. */
    public void write(Path packageFolder) {
        Path file = packageFolder.resolve(FILE);
        Grid g = fixed.grid();
        int[] s = samples(g);
        Npz npz = new Npz().putBytes("fixed", quantised(fixed), g.shape())
                .putBytes("moving", quantised(moving), g.shape())
                .putBytes("moving_labels", movingLabels.labels(), g.shape())
                .putFloats("displacement", displacement, 3, s[0], s[1], s[2])
                .putFloats("warped", warped, s)
                .putFloats("label_probabilities", labelProbabilities, channels, s[0], s[1], s[2]);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, npz.encode());
        } catch (IOException e) {
            throw new ModelException("cannot write " + file + ": " + e + "; free space or choose another folder", e);
        }
    }

    /** @throws ModelException if the file is missing or its arrays do not have the manifest's shapes */
    public static GoldenPair read(Path packageFolder, ModelManifest manifest) {
        Path file = packageFolder.resolve(FILE);
        return decode(PackageFiles.read(file, MAX_FILE_BYTES), file, manifest);
    }

    /** @param file for messages only */
    static GoldenPair decode(byte[] bytes, Path file, ModelManifest manifest) {
        Grid g = windowOf(manifest.grid());
        int[] s = samples(g);
        int channels = manifest.channels();
        try {
            Npz npz = Npz.decode(bytes, (int) MAX_FILE_BYTES);
            return new GoldenPair(dequantised(g, npz.bytes("fixed", g.shape())),
                    dequantised(g, npz.bytes("moving", g.shape())),
                    LabelMap.takeOwnershipOf(g, npz.bytes("moving_labels", g.shape())), channels,
                    npz.floats("displacement", 3, s[0], s[1], s[2]), npz.floats("warped", s),
                    npz.floats("label_probabilities", channels, s[0], s[1], s[2]));
        } catch (IOException e) {
            throw new ModelException(file + " is not the golden pair of " + manifest.id() + ": " + e.getMessage()
                    + "; export the package again, or restore the file", e);
        }
    }

    /**
     * Runs a network on the pair and compares all samples.
     *
     * @throws ModelException with the largest difference, where it is and the tolerance, if one is exceeded
     */
    public void check(Network network) {
        Prediction p = network.predict(fixed, moving, LabelProbabilities.oneHot(movingLabels, channels));
        Grid g = fixed.grid();
        compare("displacement (voxels)", displacement, sampled(p.displacement().components(), 3, g),
                DISPLACEMENT_TOLERANCE_VOXELS);
        compare("warped", warped, sampled(p.warped().values(), 1, g), VALUE_TOLERANCE);
        compare("label_probabilities", labelProbabilities,
                sampled(p.labelProbabilities().values(), channels, g), VALUE_TOLERANCE);
    }

    private void compare(String output, float[] expected, float[] got, double tolerance) {
        int worst = 0;
        for (int x = 1; x < expected.length; x++) {
            if (difference(got[x], expected[x]) > difference(got[worst], expected[worst])) {
                worst = x;
            }
        }
        double difference = difference(got[worst], expected[worst]);
        if (difference > tolerance) {
            throw new ModelException(String.format(Locale.ROOT,
                    "golden check failed: %s differs by %.3g at channel and voxel %s (got %.6g, expected %.6g, tolerance"
                            + " %.3g); the network does not compute here what was exported: export the package again, or"
                            + " choose another provider",
                    output, difference, voxelOf(worst), got[worst], expected[worst], tolerance));
        }
    }

    /** Infinite where the output is not a number: larger than any other difference. */
    private static double difference(float got, float expected) {
        return Float.isFinite(got) ? Math.abs((double) got - expected) : Double.POSITIVE_INFINITY;
    }

    private String voxelOf(int sample) {
        int[] s = samples(fixed.grid());
        int step = step(fixed.grid());
        return Arrays.toString(new int[]{sample / (s[0] * s[1] * s[2]), sample / (s[1] * s[2]) % s[0] * step,
                sample / s[2] % s[1] * step, sample % s[2] * step});
    }

    /** The window somewhere in space: networks see arrays only. */
    private static Grid windowOf(ModelGrid grid) {
        double mm = grid.spacingMm();
        return new Grid(grid.depth(), grid.height(), grid.width(),
                Affine.axisAligned(new Vector3(0, 0, 0), mm, mm, mm));
    }

    private static int step(Grid g) {
        int step = 1;
        while ((long) count(g.depth(), step) * count(g.height(), step) * count(g.width(), step) > MAX_SAMPLES) {
            step++;
        }
        return step;
    }

    private static int[] samples(Grid g) {
        int step = step(g);
        return new int[]{count(g.depth(), step), count(g.height(), step), count(g.width(), step)};
    }

    private static int count(int n, int step) {
        return (n + step - 1) / step;
    }

    private static float[] sampled(float[] values, int channels, Grid g) {
        int step = step(g);
        int[] s = samples(g);
        float[] out = new float[channels * s[0] * s[1] * s[2]];
        int to = 0;
        for (int c = 0; c < channels; c++) {
            for (int k = 0; k < g.depth(); k += step) {
                for (int j = 0; j < g.height(); j += step) {
                    for (int i = 0; i < g.width(); i += step) {
                        out[to++] = values[c * g.size() + g.offset(k, j, i)];
                    }
                }
            }
        }
        return out;
    }

    private static byte[] quantised(Volume volume) {
        float[] values = volume.values();
        byte[] out = new byte[values.length];
        for (int x = 0; x < out.length; x++) {
            if (!(values[x] >= 0 && values[x] <= 1)) {
                throw new IllegalArgumentException("a golden image holds mapped intensities in [0, 1], got " + values[x]
                        + "; apply the manifest's intensity mapping first");
            }
            out[x] = (byte) Math.round(values[x] * 255);
        }
        return out;
    }

    private static Volume dequantised(Grid grid, byte[] bytes) {
        float[] values = new float[bytes.length];
        for (int x = 0; x < values.length; x++) {
            values[x] = (bytes[x] & 0xff) / 255f;
        }
        return Volume.takeOwnershipOf(grid, values);
    }
}
