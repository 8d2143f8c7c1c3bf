package org.regstream.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.regstream.core.ModelException;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.Look;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.volume.Volume;

/**
 * A small input with the outputs that the exported student must give for it: {@code golden/pair.npz}, readable by numpy.
 *
 * <pre>
 * fixed, moving   u1 [D, H, W]      mapped intensity times 255; the input is exactly this value / 255
 * displacement    f4 [3, d, h, w]   voxels of the window, (k, j, i), at every n-th voxel of each axis
 * expected_error  f4 [1, d, h, w]   voxels of the window, likewise
 * outline         f4 [C, d, h, w]   likewise
 * moving_outline  f4 [C, d, h, w]   likewise
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
     * Largest difference of a displacement component or of an expected error, voxels. Execution providers sum in different orders and CUDA may
     * round products to 10 bits of mantissa; a hundredth of a voxel is far below what matters to a label.
     */
    public static final double DISPLACEMENT_TOLERANCE_VOXELS = 0.01;

    /** Largest difference of a label probability: as if its edge, with the steepest slope there is (1 a voxel), lay off by that. */
    public static final double VALUE_TOLERANCE = 3 * DISPLACEMENT_TOLERANCE_VOXELS;

    static final long MAX_FILE_BYTES = 64L << 20;

    private final Volume fixed;
    private final Volume moving;
    private final GoldenOutputs outputs;

    private GoldenPair(Volume fixed, Volume moving, GoldenOutputs outputs) {
        this.fixed = fixed;
        this.moving = moving;
        this.outputs = outputs;
    }

    /** Whatever computes networks: training's own forward passes at export, the exported graph at start. */
    @FunctionalInterface
    public interface Network {
        Look look(Volume fixed, Volume moving);
    }

    /**
     * Runs a network on a pair and keeps what it returns.
     *
     * @param network the reference whose outputs are right by definition
     * @param fixed   mapped intensities in [0, 1] on the window; rounded to multiples of 1 / 255. Not modified.
     * @param moving  likewise
     */
    public static GoldenPair record(Network network, Volume fixed, Volume moving) {
        Volume f = dequantised(fixed.grid(), quantised(fixed));
        Volume m = dequantised(moving.grid(), quantised(moving));
        return new GoldenPair(f, m, GoldenOutputs.of(network.look(f, m), GoldenSamples.of(f.grid())));
    }

    /** Runs a network on the pair's input. */
    Look on(Network network) {
        return network.look(fixed, moving);
    }

    GoldenSamples samples() {
        return outputs.samples();
    }

    /** Writes {@link #FILE} into a package folder; the same pair gives the same bytes. */
    public void write(Path packageFolder) {
        Path file = packageFolder.resolve(FILE);
        Grid g = fixed.grid();
        Npz npz = new Npz().putBytes("fixed", quantised(fixed), g.shape()).putBytes("moving", quantised(moving),
                g.shape());
        outputs.write(npz);
        write(npz, file);
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
                    GoldenOutputs.read(npz, manifest.channels(), GoldenSamples.of(g)));
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
        outputs.check(on(network));
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
