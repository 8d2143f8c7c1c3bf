package org.regstream.core.geometry;

import java.util.Locale;

/**
 * Where the voxels of an array are: shape [D, H, W] and the mapping from index (k, j, i) to LPS mm of the voxel centres.
 *
 * @param depth  number of slices D (k), at least 1
 * @param height number of rows H (j), at least 1
 * @param width  number of columns W (i), at least 1
 * @param affine index to LPS mm, voxel centres
 */
public record Grid(int depth, int height, int width, Affine affine) {

    /** Largest number of voxels of one volume: 2^28 floats are 1 GiB. Anything larger is refused, never allocated. */
    public static final long MAX_VOXELS = 1L << 28;

    /** Two grids are the same if their corners agree within this distance; DICOM writes decimal strings of 16 bytes. */
    public static final double TOLERANCE_MM = 1e-2;

    /** Largest cosine between axes that count as at right angles: more than rounding of decimal strings makes. */
    private static final double RIGHT_ANGLE = 1e-3;

    public Grid {
        if (depth < 1 || height < 1 || width < 1 || (long) depth * height > MAX_VOXELS
                || (long) depth * height * width > MAX_VOXELS) {
            throw new IllegalArgumentException("shape [" + depth + ", " + height + ", " + width
                    + "] must have 1 to " + MAX_VOXELS + " voxels and no axis below 1");
        }
    }

    public int size() {
        return depth * height * width;
    }

    public int offset(int k, int j, int i) {
        return (k * height + j) * width + i;
    }

    /** @return the shape {D, H, W} as a new array */
    public int[] shape() {
        return new int[]{depth, height, width};
    }

    public boolean hasSameShape(Grid o) {
        return depth == o.depth && height == o.height && width == o.width;
    }

    /** Same shape, and corners that agree within {@link #TOLERANCE_MM}. */
    public boolean isSameAs(Grid o) {
        if (!hasSameShape(o)) {
            return false;
        }
        for (int corner = 0; corner < 8; corner++) {
            double k = (corner & 1) * (depth - 1);
            double j = (corner >> 1 & 1) * (height - 1);
            double i = (corner >> 2 & 1) * (width - 1);
            if (affine.toLps(k, j, i).minus(o.affine.toLps(k, j, i)).norm() > TOLERANCE_MM) {
                return false;
            }
        }
        return !(depth == 1 || height == 1 || width == 1) || axesAgree(o);
    }

    private boolean axesAgree(Grid o) {
        for (int axis = 0; axis < 3; axis++) {
            if (affine.step(axis).minus(o.affine.step(axis)).norm() > TOLERANCE_MM) {
                return false;
            }
        }
        return true;
    }

    /** @return the LPS mm position of the middle of the volume (between voxels where a side is even) */
    public Vector3 centre() {
        return affine.toLps((depth - 1) / 2.0, (height - 1) / 2.0, (width - 1) / 2.0);
    }

    /**
     * What may be turned or laid over another image without bending it: this grid where its axes are at right angles, else one of
     * the same middle, shape, direction of i and plane of i and j, whose j and k are turned to right angles and shortened by as
     * much as they leant. Its voxels are at other places.
     */
    public Grid straightened() {
        Vector3 i = affine.stepI().normalized();
        Vector3 j = rejected(affine.stepJ(), i);
        Vector3 k = rejected(rejected(affine.stepK(), i), j.normalized());
        if (isAlong(j, affine.stepJ()) && isAlong(k, affine.stepK())) {
            return this;
        }
        Affine atZero = new Affine(new Vector3(0, 0, 0), k, j, affine.stepI());
        return new Grid(depth, height, width, atZero.translated(
                centre().minus(atZero.toLps((depth - 1) / 2.0, (height - 1) / 2.0, (width - 1) / 2.0))));
    }

    private static Vector3 rejected(Vector3 v, Vector3 unit) {
        return v.minus(unit.times(v.dot(unit)));
    }

    private static boolean isAlong(Vector3 v, Vector3 other) {
        return v.minus(other).norm() <= RIGHT_ANGLE * other.norm();
    }

    /**
     * @return this grid as it is cut or extended to another shape, its voxels staying where they are in space
     * @param k0 index in this grid of the result's voxel (0, ., .); may be negative
     * @param j0 likewise along j
     * @param i0 likewise along i
     */
    public Grid window(int k0, int j0, int i0, int newDepth, int newHeight, int newWidth) {
        return new Grid(newDepth, newHeight, newWidth, affine.shifted(k0, j0, i0));
    }

    @Override
    public String toString() {
        double[] s = affine.spacingMm();
        return String.format(Locale.ROOT, "[%d, %d, %d] at %.3g x %.3g x %.3g mm", depth, height, width, s[0], s[1],
                s[2]);
    }
}
