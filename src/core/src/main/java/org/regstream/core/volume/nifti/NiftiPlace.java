package org.regstream.core.volume.nifti;

import java.util.Locale;
import java.util.Optional;
import org.regstream.core.DecodeException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Ras;
import org.regstream.core.geometry.Vector3;

/**
 * Where a file says that its voxels are: by the sform where its code is positive, else by the qform. A file with neither is
 * refused: nobody knows which side of it is left.
 *
 * @param grid   shape and LPS mm
 * @param notice that sform and qform differ, so that programs show the image at two places; empty if they do not
 */
record NiftiPlace(Grid grid, Optional<String> notice) {

    /** Farther apart than rounding to float32 moves a voxel. */
    private static final double SAME_MM = 1e-3;

    private static final int METRE = 1;
    private static final int MICRON = 3;
    private static final int SPATIAL_UNIT = 7;

    /** @param shape {D, H, W} */
    static NiftiPlace of(NiftiFields fields, int[] shape) {
        if (fields.sformCode() <= 0 && fields.qformCode() <= 0) {
            throw new DecodeException(
                    "NIfTI qform_code and sform_code are both 0, so the file does not say which side of"
                            + " it is the patient's left, and programs guess differently; find out how its axes run and save it"
                            + " with an sform or qform, such as by nibabel's set_sform(affine, code=1)");
        }
        if (fields.sformCode() <= 0) {
            return new NiftiPlace(grid("qform", qform(fields, shape), fields, shape), Optional.empty());
        }
        Grid sform = grid("sform", fields.sform().clone(), fields, shape);
        return new NiftiPlace(sform,
                fields.qformCode() > 0 ? difference(sform, fields, shape) : Optional.empty());
    }

    private static Grid grid(String what, double[] rows, NiftiFields fields, int[] shape) {
        double mm = millimetresPerUnit(fields.units() & SPATIAL_UNIT);
        for (int n = 0; n < rows.length; n++) {
            rows[n] *= mm;
        }
        try {
            return new Grid(shape[0], shape[1], shape[2], Ras.toLps(rows));
        } catch (IllegalArgumentException e) {
            throw new DecodeException(
                    "NIfTI " + what + " does not place the voxels in space: " + e.getMessage(), e);
        }
    }

    private static Optional<String> difference(Grid sform, NiftiFields fields, int[] shape) {
        Grid qform;
        try {
            qform = grid("qform", qform(fields, shape), fields, shape);
        } catch (DecodeException e) {
            return Optional.of(e.getMessage() + "; the sform counts here, other programs may read the qform");
        }
        requireSameHand(sform, qform);
        double apart = farthestApart(sform, qform);
        return apart <= SAME_MM
                ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT,
                        "sform and qform place voxels up to %.3g mm apart; the sform counts here, other programs may"
                                + " read the qform",
                        apart));
    }

    /** Programs differ in which of the two they read: one would show the patient's left where the other shows the right. */
    private static void requireSameHand(Grid sform, Grid qform) {
        if (sform.affine().determinant() * qform.affine().determinant() < 0) {
            throw new DecodeException(
                    "NIfTI sform and qform are mirror images of each other, so left and right cannot be"
                            + " told; find out which is right and set the other's code to 0");
        }
    }

    private static double farthestApart(Grid a, Grid b) {
        double farthest = 0;
        for (int corner = 0; corner < 8; corner++) {
            double k = (corner & 1) * (a.depth() - 1);
            double j = (corner >> 1 & 1) * (a.height() - 1);
            double i = (corner >> 2) * (a.width() - 1);
            Vector3 apart = a.affine().toLps(k, j, i).minus(b.affine().toLps(k, j, i));
            farthest = Math.max(farthest, apart.norm());
        }
        return farthest;
    }

    private static double[] qform(NiftiFields f, int[] shape) {
        double[] q = f.quaternion();
        double qfac = f.pixdim()[0] < 0 ? -1 : 1;
        return new Qform(q[0], q[1], q[2], qfac).toRows(size(f, 1, shape[2]), size(f, 2, shape[1]),
                size(f, 3, shape[0]), f.offset());
    }

    /** Voxel size; its sign means nothing in NIfTI, and an axis with one voxel may leave it 0, which reads as 1. */
    private static double size(NiftiFields fields, int axis, int length) {
        double size = Math.abs(NiftiHeader.finite("pixdim[" + axis + "]", fields.pixdim()[axis]));
        if (size == 0 && length > 1) {
            throw new DecodeException("NIfTI pixdim[" + axis + "] must be positive, got 0");
        }
        return size == 0 ? 1 : size;
    }

    private static double millimetresPerUnit(int unit) {
        return unit == METRE ? 1000 : unit == MICRON ? 1e-3 : 1;
    }
}
