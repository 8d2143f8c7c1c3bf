package org.regstream.training.evaluate.method;

import java.nio.file.Path;
import org.regstream.core.DecodeException;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.MillimetreField;
import org.regstream.core.volume.nifti.NiftiReader;

/** A displacement field of another program, see {@link NiftiReader#displacement}, in voxels. */
final class ItkField {
    private ItkField() {}

    /**
     * @param fixed grid that the field must lie on
     * @return pull displacement, [3, D, H, W], components (k, j, i), voxels
     * @throws DecodeException if the file is no such field, or lies elsewhere
     */
    static DisplacementField read(Path file, Grid fixed) {
        MillimetreField field = NiftiReader.displacement(file).content();
        if (!field.grid().isSameAs(fixed)) {
            throw new DecodeException("displacement.nii.gz must lie on the grid of the fixed image, " + fixed + " from "
                    + fixed.affine().origin() + ", got " + field.grid() + " from " + field.grid().affine().origin());
        }
        return toVoxels(field.components(), fixed);
    }

    private static DisplacementField toVoxels(float[] mm, Grid grid) {
        int n = grid.size();
        Affine a = grid.affine();
        float[] voxels = new float[3 * n];
        for (int x = 0; x < n; x++) {
            double[] index = a.toIndex(a.origin().plus(new Vector3(mm[x], mm[n + x], mm[2 * n + x])));
            for (int axis = 0; axis < 3; axis++) {
                voxels[axis * n + x] = (float) index[axis];
            }
        }
        return DisplacementField.takeOwnershipOf(grid, voxels);
    }
}
