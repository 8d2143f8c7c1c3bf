package org.regstream.core.warp;

import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;

/**
 * The voxel centres of a target grid as fractional indices (k, j, i) of a source grid, row by row, as far as they can lie inside
 * the source: the cost is that of the overlap. Where the voxel centres coincide, {@link Lattice} is faster.
 */
final class Rows {

    /** Fractions of a voxel smaller than this are rounding of the affine arithmetic, not an offset. */
    private static final double ROUNDING = 1e-5;

    private final Grid source;
    private final Grid target;
    private final double[] start;
    private final double[] perK;
    private final double[] perJ;
    private final double[] perI;

    Rows(Grid source, Grid target) {
        this.source = source;
        this.target = target;
        Affine t = target.affine();
        start = source.affine().toIndex(t.origin());
        perK = stepIn(source, t.stepK());
        perJ = stepIn(source, t.stepJ());
        perI = stepIn(source, t.stepI());
    }

    /** Part of one row of the target: voxel n of {@code count} is at offset to + n, index (k, j, i) + n * step. */
    interface Row {
        void sample(int to, int count, double k, double j, double i);
    }

    double stepK() {
        return perI[0];
    }

    double stepJ() {
        return perI[1];
    }

    double stepI() {
        return perI[2];
    }

    /** Visits all target voxels that can lie within half a voxel of the source, and at most two more at each end of a row. */
    void forEach(Row row) {
        for (int k = 0; k < target.depth(); k++) {
            for (int j = 0; j < target.height(); j++) {
                double k0 = start[0] + k * perK[0] + j * perJ[0];
                double j0 = start[1] + k * perK[1] + j * perJ[1];
                double i0 = start[2] + k * perK[2] + j * perJ[2];
                int from = Math.max(0, Math.max(first(k0, perI[0], source.depth()),
                        Math.max(first(j0, perI[1], source.height()), first(i0, perI[2], source.width()))));
                int to = Math.min(target.width() - 1, Math.min(last(k0, perI[0], source.depth()),
                        Math.min(last(j0, perI[1], source.height()), last(i0, perI[2], source.width()))));
                if (from <= to) {
                    row.sample(target.offset(k, j, from), to - from + 1, k0 + from * perI[0], j0 + from * perI[1],
                            i0 + from * perI[2]);
                }
            }
        }
    }

    /** No voxel before this one has its coordinate inside the source: -0.5 <= at + n * step <= length - 0.5. */
    private static int first(double at, double step, int length) {
        if (Math.abs(step) < ROUNDING / Integer.MAX_VALUE) {
            return at < -1 || at > length ? Integer.MAX_VALUE : 0;
        }
        double n = (step > 0 ? -0.5 - at : length - 0.5 - at) / step;
        return n <= 0 ? 0 : (int) n - 1;
    }

    /** No voxel after this one has. */
    private static int last(double at, double step, int length) {
        if (Math.abs(step) < ROUNDING / Integer.MAX_VALUE) {
            return Integer.MAX_VALUE;
        }
        double n = (step > 0 ? length - 0.5 - at : -0.5 - at) / step;
        return n >= Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) n + 1;
    }

    /** Takes rounding off an index, so that coinciding lattices copy exactly. */
    static double snap(double index) {
        double whole = Math.rint(index);
        return Math.abs(index - whole) < ROUNDING ? whole : index;
    }

    private static double[] stepIn(Grid source, Vector3 step) {
        return source.affine().toIndex(source.affine().origin().plus(step));
    }
}
