package org.regstream.core.warp;

import java.util.Arrays;
import java.util.List;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Shapes;
import org.regstream.core.volume.Volume;

/**
 * Pulls images and labels along a displacement field: {@code out(x) = in(x + u(x))}. A point within half a voxel of the
 * border takes the border's value; further out, and where u is not a number, it is outside.
 */
public final class Warp {

    private Warp() {}

    /**
     * Trilinear.
     *
     * @param moving  intensities, [D, H, W], any unit, on the grid of {@code u}. Not modified.
     * @param u       displacement, [3, D, H, W], components (k, j, i), voxels. Not modified.
     * @param outside intensity where x + u(x) leaves the image, unit of {@code moving}
     * @return new array, [D, H, W], unit of {@code moving}
     * @throws org.regstream.core.volume.ShapeMismatchException if the grids differ
     */
    public static Volume linear(Volume moving, DisplacementField u, float outside) {
        Shapes.requireSameGrid("moving image and field", moving.grid(), u.grid());
        float[] out = new float[u.grid().size()];
        Arrays.fill(out, outside);
        linear(moving.values(), 0, u, out);
        return Volume.takeOwnershipOf(u.grid(), out);
    }

    /**
     * Trilinear, channel by channel; outside all is background, so that the channels still sum to 1.
     *
     * @param moving soft labels, [C, D, H, W], on the grid of {@code u}. Not modified.
     * @param u      displacement, [3, D, H, W], components (k, j, i), voxels. Not modified.
     */
    public static LabelProbabilities linear(LabelProbabilities moving, DisplacementField u) {
        Shapes.requireSameGrid("moving labels and field", moving.grid(), u.grid());
        int n = u.grid().size();
        float[] out = new float[moving.values().length];
        Arrays.fill(out, 0, n, 1);
        for (int c = 0; c < moving.channels(); c++) {
            linear(moving.values(), c * n, u, out);
        }
        return LabelProbabilities.takeOwnershipOf(u.grid(), moving.channels(), out);
    }

    /**
     * Nearest neighbour, so that no label arises that was not there; background (0) outside.
     *
     * @param moving labels, [D, H, W], on the grid of {@code u}. Not modified.
     * @param u      displacement, [3, D, H, W], components (k, j, i), voxels. Not modified.
     */
    public static LabelMap nearest(LabelMap moving, DisplacementField u) {
        Shapes.requireSameGrid("moving labels and field", moving.grid(), u.grid());
        Grid g = u.grid();
        int n = g.size();
        float[] v = u.components();
        byte[] in = moving.labels();
        byte[] out = new byte[n];
        for (int k = 0, x = 0; k < g.depth(); k++) {
            for (int j = 0; j < g.height(); j++) {
                for (int i = 0; i < g.width(); i++, x++) {
                    double atK = k + (double) v[x];
                    double atJ = j + (double) v[n + x];
                    double atI = i + (double) v[2 * n + x];
                    if (Interpolation.isInside(g, atK, atJ, atI)) {
                        out[x] = in[Interpolation.nearestOffset(g, atK, atJ, atI)];
                    }
                }
            }
        }
        return LabelMap.takeOwnershipOf(g, out);
    }

    /**
     * Trilinear, in one sampling from the moving image's own grid: nothing of it is cut off before it is moved.
     *
     * @param moving  intensities, [D, H, W], any unit, on any grid in the patient space of {@code u}. Not modified.
     * @param u       displacement, [3, D, H, W], components (k, j, i), voxels of its grid. Not modified.
     * @param target  the grid of the result
     * @param outside intensity beyond the grid of {@code u} and where x + u(x) leaves the moving image
     * @return new array on {@code target}, unit of {@code moving}
     */
    public static Volume linear(Volume moving, DisplacementField u, Grid target, float outside) {
        float[] out = new float[target.size()];
        Arrays.fill(out, outside);
        Grid g = moving.grid();
        pull(u, target, g, (x, at) -> out[x] = Interpolation.linear(moving.values(), 0, g, at[0], at[1], at[2]));
        return Volume.takeOwnershipOf(target, out);
    }

    /**
     * Nearest neighbour, in one sampling from the labels' own grid; background (0) outside. Arguments as of
     * {@link #linear(Volume, DisplacementField, Grid, float)}.
     */
    public static LabelMap nearest(LabelMap moving, DisplacementField u, Grid target) {
        byte[] out = new byte[target.size()];
        Grid g = moving.grid();
        pull(u, target, g, (x, at) -> out[x] = moving.labels()[Interpolation.nearestOffset(g, at[0], at[1], at[2])]);
        return LabelMap.takeOwnershipOf(target, out);
    }

    /** Takes the offset of a target voxel and where it comes from, inside the source. */
    private interface Reader {
        void read(int offset, double[] from);
    }

    private static void pull(DisplacementField u, Grid target, Grid source, Reader reader) {
        Origins origins = new Origins(List.of(u), target, source);
        double[] first = {Interpolation.FIRST, Interpolation.FIRST, Interpolation.FIRST};
        double[] last = {Interpolation.last(source.depth()), Interpolation.last(source.height()),
                Interpolation.last(source.width())};
        double[] from = new double[3];
        for (int k = 0, x = 0; k < target.depth(); k++) {
            for (int j = 0; j < target.height(); j++) {
                for (int i = 0; i < target.width(); i++, x++) {
                    if (origins.enter(k, j, i) && origins.canComeFrom(first, last)) {
                        origins.of(0, from);
                        if (Interpolation.isInside(source, from[0], from[1], from[2])) {
                            reader.read(x, from);
                        }
                    }
                }
            }
        }
    }

    /** One channel at {@code base} of both arrays; what falls outside keeps its value in {@code out}. */
    private static void linear(float[] in, int base, DisplacementField u, float[] out) {
        Grid g = u.grid();
        int n = g.size();
        float[] v = u.components();
        for (int k = 0, x = 0; k < g.depth(); k++) {
            for (int j = 0; j < g.height(); j++) {
                for (int i = 0; i < g.width(); i++, x++) {
                    double atK = k + (double) v[x];
                    double atJ = j + (double) v[n + x];
                    double atI = i + (double) v[2 * n + x];
                    if (Interpolation.isInside(g, atK, atJ, atI)) {
                        out[base + x] = Interpolation.linear(in, base, g, atK, atJ, atI);
                    }
                }
            }
        }
    }
}
