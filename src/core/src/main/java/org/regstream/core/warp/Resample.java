package org.regstream.core.warp;

import java.util.Arrays;
import java.util.Optional;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

/**
 * Brings an image onto another grid through patient space. A target voxel within half a voxel of the source's border takes
 * the border's value; further out it takes the value for outside. Where the two lattices coincide the voxels are copied
 * exactly.
 */
public final class Resample {

    /** Fractions of a voxel smaller than this are rounding of the affine arithmetic, not an offset. */
    private static final double LATTICE = 1e-5;

    private Resample() {}

    /**
     * @param source  intensities, [D, H, W], any unit. Not modified.
     * @param target  the grid of the result
     * @param outside intensity where the target leaves the source, same unit
     * @return trilinear interpolation on {@code target}, unit of {@code source}
     */
    public static Volume linear(Volume source, Grid target, float outside) {
        float[] out = new float[target.size()];
        Grid g = source.grid();
        float[] in = source.values();
        Arrays.fill(out, outside);
        Optional<Lattice> lattice = Lattice.between(g, target);
        if (lattice.isPresent()) {
            lattice.get().forEach((to, from) -> out[to] = in[from]);
            return Volume.takeOwnershipOf(target, out);
        }
        walk(g, target, (to, k, j, i) -> out[to] = Interpolation.linearOrOutside(in, 0, g, k, j, i, outside));
        return Volume.takeOwnershipOf(target, out);
    }

    /** Nearest neighbour; background (0) outside. */
    public static LabelMap nearest(LabelMap source, Grid target) {
        byte[] out = new byte[target.size()];
        Grid g = source.grid();
        byte[] in = source.labels();
        Optional<Lattice> lattice = Lattice.between(g, target);
        if (lattice.isPresent()) {
            lattice.get().forEach((to, from) -> out[to] = in[from]);
            return LabelMap.takeOwnershipOf(target, out);
        }
        walk(g, target, (to, k, j, i) -> {
            if (Interpolation.isInside(g, k, j, i)) {
                out[to] = in[Interpolation.nearestOffset(g, k, j, i)];
            }
        });
        return LabelMap.takeOwnershipOf(target, out);
    }

    /**
     * Each channel trilinear; background where the target leaves the source.
     *
     * @param source probabilities, [C, D, H, W]. Not modified.
     * @return new probabilities on {@code target}
     */
    public static LabelProbabilities linear(LabelProbabilities source, Grid target) {
        int channels = source.channels();
        int n = target.size();
        float[] out = new float[Math.multiplyExact(n, channels)];
        Grid g = source.grid();
        float[] in = source.values();
        Arrays.fill(out, 0, n, 1);
        Optional<Lattice> lattice = Lattice.between(g, target);
        if (lattice.isPresent()) {
            for (int c = 0; c < channels; c++) {
                int toBase = c * n;
                int fromBase = c * g.size();
                lattice.get().forEach((to, from) -> out[toBase + to] = in[fromBase + from]);
            }
            return LabelProbabilities.takeOwnershipOf(target, channels, out);
        }
        walk(g, target, (to, k, j, i) -> {
            if (Interpolation.isInside(g, k, j, i)) {
                for (int c = 0; c < channels; c++) {
                    out[c * n + to] = Interpolation.linear(in, c * g.size(), g, k, j, i);
                }
            }
        });
        return LabelProbabilities.takeOwnershipOf(target, channels, out);
    }

    /** @return true where the target voxel lies inside the source (within half a voxel of its border), [D, H, W] */
    public static boolean[] inside(Grid source, Grid target) {
        boolean[] out = new boolean[target.size()];
        Optional<Lattice> lattice = Lattice.between(source, target);
        if (lattice.isPresent()) {
            lattice.get().forEach((to, from) -> out[to] = true);
            return out;
        }
        walk(source, target, (to, k, j, i) -> out[to] = Interpolation.isInside(source, k, j, i));
        return out;
    }

    private interface Voxel {
        void at(int target, double k, double j, double i);
    }

    private static void walk(Grid source, Grid target, Voxel voxel) {
        Affine t = target.affine();
        double[] start = source.affine().toIndex(t.origin());
        double[] dk = stepIn(source, t.stepK());
        double[] dj = stepIn(source, t.stepJ());
        double[] di = stepIn(source, t.stepI());
        int to = 0;
        for (int k = 0; k < target.depth(); k++) {
            for (int j = 0; j < target.height(); j++) {
                double k0 = start[0] + k * dk[0] + j * dj[0];
                double j0 = start[1] + k * dk[1] + j * dj[1];
                double i0 = start[2] + k * dk[2] + j * dj[2];
                for (int i = 0; i < target.width(); i++) {
                    voxel.at(to++, snap(k0 + i * di[0]), snap(j0 + i * di[1]), snap(i0 + i * di[2]));
                }
            }
        }
    }

    private static double[] stepIn(Grid source, Vector3 step) {
        return source.affine().toIndex(source.affine().origin().plus(step));
    }

    private static double snap(double index) {
        double whole = Math.rint(index);
        return Math.abs(index - whole) < LATTICE ? whole : index;
    }
}
