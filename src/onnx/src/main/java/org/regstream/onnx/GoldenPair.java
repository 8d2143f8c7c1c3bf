package org.regstream.onnx;

import static org.regstream.onnx.GraphTensors.DISPLACEMENT;
import static org.regstream.onnx.GraphTensors.LABEL_PROBABILITIES;
import static org.regstream.onnx.GraphTensors.PREDICTIVE_UNCERTAINTY;
import static org.regstream.onnx.GraphTensors.WARPED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

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
 * predictive_uncertainty  f4 [C, d, h, w]  likewise; only if the network has it
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
     * Largest difference of a warped intensity or a label probability, which lie in [0, 1], and of the error expected of one:
     * the displacement's tolerance on three axes, each with the steepest edge there is (1 a voxel).
     */
    public static final double VALUE_TOLERANCE = 3 * DISPLACEMENT_TOLERANCE_VOXELS;

    static final long MAX_FILE_BYTES = 64L << 20;

    private final Volume fixed;
    private final Volume moving;
    private final LabelMap movingLabels;
    private final int channels;
    private final GoldenSamples samples;
    /** Output name to its samples, in the order of the file. */
    private final Map<String, float[]> outputs;

    private GoldenPair(Volume fixed, Volume moving, LabelMap movingLabels, int channels, Map<String, float[]> outputs) {
        this.fixed = fixed;
        this.moving = moving;
        this.movingLabels = movingLabels;
        this.channels = channels;
        this.samples = GoldenSamples.of(fixed.grid());
        this.outputs = outputs;
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
        return new GoldenPair(f, m, movingLabels, channels, sampled(p, GoldenSamples.of(f.grid())));
    }

    private static Map<String, float[]> sampled(Prediction p, GoldenSamples at) {
        int channels = p.labelProbabilities().channels();
        Map<String, float[]> outputs = new LinkedHashMap<>();
        outputs.put(DISPLACEMENT, at.of(p.displacement().components(), 3));
        outputs.put(WARPED, at.of(p.warped().values(), 1));
        outputs.put(LABEL_PROBABILITIES, at.of(p.labelProbabilities().values(), channels));
        p.predictiveUncertainty().ifPresent(u -> outputs.put(PREDICTIVE_UNCERTAINTY, at.of(u.values(), channels)));
        return outputs;
    }

    /** Runs something on the pair's input. */
    <T> T on(Input<T> what) {
        return what.apply(fixed, moving, LabelProbabilities.oneHot(movingLabels, channels));
    }

    /** What can be done with a pair. */
    @FunctionalInterface
    interface Input<T> {
        T apply(Volume fixed, Volume moving, LabelProbabilities movingLabels);
    }

    int channels() {
        return channels;
    }

    GoldenSamples samples() {
        return samples;
    }

    /** Writes {@link #FILE} into a package folder; the same pair gives the same bytes. */
    public void write(Path packageFolder) {
        Path file = packageFolder.resolve(FILE);
        Grid g = fixed.grid();
        Npz npz = new Npz().putBytes("fixed", quantised(fixed), g.shape())
                .putBytes("moving", quantised(moving), g.shape())
                .putBytes("moving_labels", movingLabels.labels(), g.shape());
        outputs.forEach((name, values) -> npz.putFloats(name, values, shape(name, samples, channels)));
        write(npz, file);
    }

    /** [d, h, w], with the output's channels before it if it has several. */
    private static int[] shape(String output, GoldenSamples samples, int channels) {
        switch (output) {
            case WARPED :
                return samples.shape();
            case DISPLACEMENT :
                return samples.shape(3);
            default :
                return samples.shape(channels);
        }
    }

    static void write(Npz npz, Path file) {
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
        try {
            Npz npz = Npz.decode(bytes, (int) MAX_FILE_BYTES);
            return new GoldenPair(dequantised(g, npz.bytes("fixed", g.shape())),
                    dequantised(g, npz.bytes("moving", g.shape())),
                    LabelMap.takeOwnershipOf(g, npz.bytes("moving_labels", g.shape())), manifest.channels(),
                    outputs(npz, manifest, GoldenSamples.of(g)));
        } catch (IOException e) {
            throw new ModelException(file + " is not the golden pair of " + manifest.id() + ": " + e.getMessage()
                    + "; export the package again, or restore the file", e);
        }
    }

    private static Map<String, float[]> outputs(Npz npz, ModelManifest manifest, GoldenSamples samples)
            throws IOException {
        Map<String, float[]> outputs = new LinkedHashMap<>();
        for (String name : GraphTensors.ofStudent(manifest).outputs().keySet()) {
            outputs.put(name, npz.floats(name, shape(name, samples, manifest.channels())));
        }
        return outputs;
    }

    /**
     * Runs a network on the pair and compares all samples.
     *
     * @throws ModelException with the largest difference, where it is and the tolerance, if one is exceeded
     */
    public void check(Network network) {
        Map<String, float[]> got = sampled(on(network::predict), samples);
        outputs.forEach((name, expected) -> {
            if (!got.containsKey(name)) {
                throw new ModelException("golden check failed: the network returns no " + name
                        + "; export the package again");
            }
            boolean isPlace = name.equals(DISPLACEMENT);
            samples.compare(isPlace ? name + " (voxels)" : name, expected, got.get(name),
                    isPlace ? DISPLACEMENT_TOLERANCE_VOXELS : VALUE_TOLERANCE);
        });
    }

    /** The window somewhere in space: networks see arrays only. */
    private static Grid windowOf(ModelGrid grid) {
        double mm = grid.spacingMm();
        return new Grid(grid.depth(), grid.height(), grid.width(),
                Affine.axisAligned(new Vector3(0, 0, 0), mm, mm, mm));
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
