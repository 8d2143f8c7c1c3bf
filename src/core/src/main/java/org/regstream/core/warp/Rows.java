package org.regstream.core.warp;

import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;

/**
 * The voxel centres of a target grid as fractional indices (k, j, i) of a source grid, row by row, as far as they lie inside the
 * source: the cost is that of the overlap. Where the voxel centres coincide, {@link Lattice} is faster.
 */
final class Rows {

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

    /** Visits the target voxels that lie within half a voxel of the source, and no other. */
    void forEach(Row row) {
        for (int k = 0; k < target.depth(); k++) {
            for (int j = 0; j < target.height(); j++) {
                visit(k, j, row);
            }
        }
    }

    private void visit(int k, int j, Row row) {
        double k0 = start[0] + k * perK[0] + j * perJ[0];
        double j0 = start[1] + k * perK[1] + j * perJ[1];
        double i0 = start[2] + k * perK[2] + j * perJ[2];
        double enters = Math.max(enters(k0, perI[0], source.depth()),
                Math.max(enters(j0, perI[1], source.height()), enters(i0, perI[2], source.width())));
        double leaves = Math.min(leaves(k0, perI[0], source.depth()),
                Math.min(leaves(j0, perI[1], source.height()), leaves(i0, perI[2], source.width())));
        // Far away or almost parallel they are anything up to infinite: a number of voxels only within the row.
        double from = Math.max(0, Math.ceil(enters));
        double to = Math.min(target.width() - 1, Math.floor(leaves));
        if (from <= to) {
            row.sample(target.offset(k, j, (int) from), (int) (to - from) + 1, k0 + from * perI[0],
                    j0 + from * perI[1], i0 + from * perI[2]);
        }
    }

    /** Voxels along the row until a coordinate comes into the source; infinite where it never does or always is. */
    private static double enters(double at, double step, int length) {
        if (step == 0) {
            return at >= Interpolation.FIRST && at <= Interpolation.last(length)
                    ? Double.NEGATIVE_INFINITY
                    : Double.POSITIVE_INFINITY;
        }
        return ((step > 0 ? Interpolation.FIRST : Interpolation.last(length)) - at) / step;
    }

    /** Voxels along the row until it goes out again: where it comes in when the row runs backwards. */
    private static double leaves(double at, double step, int length) {
        return -enters(at, -step, length);
    }

    private static double[] stepIn(Grid source, Vector3 step) {
        return source.affine().toIndex(source.affine().origin().plus(step));
    }
}
