package org.regstream.core.warp;

import java.util.Arrays;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

/**
 * Brings an image onto another grid through patient space. A target voxel within half a voxel of the source's border takes
 * the border's value; further out it takes the value for outside. Where the two lattices coincide the voxels are copied
 * exactly. The cost is that of the overlap, not of the target. For fields see {@link FieldResample}.
 */
public final class Resample {

    private Resample() {}

    /**
     * @param source  intensities, [D, H, W], any unit. Not modified.
     * @param target  the grid of the result
     * @param outside intensity where the target leaves the source, same unit
     * @return trilinear interpolation on {@code target}, unit of {@code source}
     */
    public static Volume linear(Volume source, Grid target, float outside) {
        float[] out = new float[target.size()];
        Arrays.fill(out, outside);
        sample(source.values(), 0, source.grid(), out, 0, target);
        return Volume.takeOwnershipOf(target, out);
    }

    /**
     * Trilinear, channel by channel; outside the source all is background.
     *
     * @param source soft labels, [C, D, H, W]. Not modified.
     * @param target the grid of the result
     */
    public static LabelProbabilities linear(LabelProbabilities source, Grid target) {
        int n = target.size();
        float[] out = new float[Math.multiplyExact(source.channels(), n)];
        Arrays.fill(out, 0, n, 1);
        for (int c = 0; c < source.channels(); c++) {
            sample(source.values(), c * source.grid().size(), source.grid(), out, c * n, target);
        }
        return LabelProbabilities.takeOwnershipOf(target, source.channels(), out);
    }

    /** Nearest neighbour; background (0) outside. */
    public static LabelMap nearest(LabelMap source, Grid target) {
        byte[] out = new byte[target.size()];
        Grid g = source.grid();
        byte[] in = source.labels();
        Lattice.between(g, target).ifPresentOrElse(lattice -> lattice.forEach((to, from) -> out[to] = in[from]),
                () -> sampleNearest(in, g, out, target));
        return LabelMap.takeOwnershipOf(target, out);
    }

    /** @return true where the target voxel lies inside the source (within half a voxel of its border), [D, H, W] */
    public static boolean[] inside(Grid source, Grid target) {
        boolean[] out = new boolean[target.size()];
        new Rows(source, target).forEach((to, count, k, j, i) -> Arrays.fill(out, to, to + count, true));
        return out;
    }

    /** Writes one channel where the target lies inside the source and leaves the rest of {@code out} as it is. */
    static void sample(float[] in, int inBase, Grid source, float[] out, int outBase, Grid target) {
        Lattice.between(source, target).ifPresentOrElse(
                lattice -> lattice.forEach((to, from) -> out[outBase + to] = in[inBase + from]),
                () -> sampleLinear(in, inBase, source, out, outBase, target));
    }

    private static void sampleLinear(float[] in, int inBase, Grid source, float[] out, int outBase, Grid target) {
        Rows rows = new Rows(source, target);
        rows.forEach((to, count, k, j, i) -> {
            for (int n = 0; n < count; n++) {
                double atK = Interpolation.snap(k + n * rows.stepK());
                double atJ = Interpolation.snap(j + n * rows.stepJ());
                double atI = Interpolation.snap(i + n * rows.stepI());
                out[outBase + to + n] = Interpolation.linear(in, inBase, source, atK, atJ, atI);
            }
        });
    }

    private static void sampleNearest(byte[] in, Grid source, byte[] out, Grid target) {
        Rows rows = new Rows(source, target);
        rows.forEach((to, count, k, j, i) -> {
            for (int n = 0; n < count; n++) {
                double atK = Interpolation.snap(k + n * rows.stepK());
                double atJ = Interpolation.snap(j + n * rows.stepJ());
                double atI = Interpolation.snap(i + n * rows.stepI());
                out[to + n] = in[Interpolation.nearestOffset(source, atK, atJ, atI)];
            }
        });
    }
}
