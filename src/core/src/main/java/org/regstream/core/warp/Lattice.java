package org.regstream.core.warp;

import java.util.Optional;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;

/**
 * Two grids whose voxel centres coincide, up to permuted and flipped axes and another extent: then resampling is copying.
 * For each axis of the target: the source's offset at its index 0, the step of that offset, and the indices [from, to) that
 * lie inside the source.
 */
final class Lattice {

    private final Grid target;
    private final int origin;
    private final int[] stride;
    private final int[] from;
    private final int[] to;

    private Lattice(Grid target, int origin, int[] stride, int[] from, int[] to) {
        this.target = target;
        this.origin = origin;
        this.stride = stride;
        this.from = from;
        this.to = to;
    }

    /** Receives the offsets of one voxel in both arrays. */
    interface Pair {
        void at(int target, int source);
    }

    /** @return empty if the voxel centres do not coincide */
    static Optional<Lattice> between(Grid source, Grid target) {
        double[] start = source.affine().toIndex(target.affine().origin());
        int[] sourceShape = source.shape();
        int[] sourceStride = {source.height() * source.width(), source.width(), 1};
        int[] targetShape = target.shape();
        int[] stride = new int[3];
        int[] from = new int[3];
        int[] to = new int[3];
        int origin = 0;
        for (int axis = 0; axis < 3; axis++) {
            int signedAxis = sourceAxis(source, target.affine().step(axis), targetShape[axis]);
            if (signedAxis == 0) {
                return Optional.empty();
            }
            int s = Math.abs(signedAxis) - 1;
            int sign = Integer.signum(signedAxis);
            long first = Math.round(start[s]);
            if (Math.abs(start[s] - first) > Interpolation.ROUNDING || Math.abs(start[s]) > Grid.MAX_VOXELS) {
                return Optional.empty();
            }
            stride[axis] = sign * sourceStride[s];
            origin += (int) first * sourceStride[s];
            long low = sign > 0 ? -first : first - (sourceShape[s] - 1);
            from[axis] = (int) Math.max(0, low);
            to[axis] = (int) Math.min(targetShape[axis], low + sourceShape[s]);
        }
        return Optional.of(new Lattice(target, origin, stride, from, to));
    }

    /** @return 1, 2 or 3 for the source axis k, j or i that the step runs along, negative if backwards; 0 if none */
    private static int sourceAxis(Grid source, Vector3 step, int length) {
        double[] d = source.affine().toIndex(source.affine().origin().plus(step));
        int found = 0;
        for (int axis = 0; axis < 3; axis++) {
            double whole = Math.rint(d[axis]);
            if (Math.abs(d[axis] - whole) * length > Interpolation.ROUNDING) {
                return 0;
            }
            if (whole != 0) {
                if (found != 0 || Math.abs(whole) != 1) {
                    return 0;
                }
                found = (int) whole * (axis + 1);
            }
        }
        return found;
    }

    /** Visits every target voxel that lies inside the source, in the target's memory order. */
    void forEach(Pair pair) {
        for (int k = from[0]; k < to[0]; k++) {
            for (int j = from[1]; j < to[1]; j++) {
                int at = origin + k * stride[0] + j * stride[1] + from[2] * stride[2];
                int row = target.offset(k, j, 0);
                for (int i = from[2]; i < to[2]; i++) {
                    pair.at(row + i, at);
                    at += stride[2];
                }
            }
        }
    }
}
