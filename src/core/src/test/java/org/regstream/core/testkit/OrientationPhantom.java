package org.regstream.core.testkit;

import java.util.List;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Orientation;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.MillimetreField;
import org.regstream.core.volume.Volume;

/**
 * One oblique, anisotropic patient without any symmetry, stored in an array whose axes run in one of 48 ways. What lies where is a
 * matter of the patient position alone, so an output is right if at every position it shows what {@code …At} says, whatever
 * the order of the array.
 *
 * @param code where columns, rows and slices of the array run to
 * @param grid of the array, 60 voxels
 */
public record OrientationPhantom(String code, Grid grid) {

    private static final Grid PATIENT = TestGrids.oblique(3, 4, 5);

    /** Positions this close to a voxel's centre are the voxel's, mm. */
    private static final double CENTRE_MM = 1e-3;

    /** @return all 48 */
    public static List<OrientationPhantom> all48() {
        return TestOrientations.all48().stream().map(OrientationPhantom::of).toList();
    }

    /** @param code such as {@code RAS} */
    public static OrientationPhantom of(String code) {
        return new OrientationPhantom(code, new Orientation(code).reorient(PATIENT));
    }

    /** @return 1 in one corner and the two voxels beside it, 2 near the opposite one, 0 elsewhere */
    public LabelMap labels() {
        byte[] labels = new byte[grid.size()];
        for (int x = 0; x < labels.length; x++) {
            labels[x] = (byte) labelAt(centre(x));
        }
        return LabelMap.takeOwnershipOf(grid, labels);
    }

    /** @return another value in each voxel: 0 to 59 quarters */
    public Volume values() {
        float[] values = new float[grid.size()];
        for (int x = 0; x < values.length; x++) {
            values[x] = valueAt(centre(x));
        }
        return Volume.takeOwnershipOf(grid, values);
    }

    /** @return displacement in voxels of the array whose vector in mm is {@link #displacementAt} */
    public DisplacementField field() {
        int n = grid.size();
        float[] u = new float[3 * n];
        for (int x = 0; x < n; x++) {
            double[] from = grid.affine().toIndex(centre(x));
            double[] to = grid.affine().toIndex(centre(x).plus(displacementAt(centre(x))));
            for (int c = 0; c < 3; c++) {
                u[c * n + x] = (float) (to[c] - from[c]);
            }
        }
        return DisplacementField.takeOwnershipOf(grid, u);
    }

    /** @return {@link #displacementAt} of each voxel */
    public MillimetreField millimetres() {
        int n = grid.size();
        float[] d = new float[3 * n];
        for (int x = 0; x < n; x++) {
            Vector3 mm = displacementAt(centre(x));
            d[x] = (float) mm.x();
            d[n + x] = (float) mm.y();
            d[2 * n + x] = (float) mm.z();
        }
        return MillimetreField.takeOwnershipOf(grid, d);
    }

    /** @param lps a voxel's centre, mm */
    public static int labelAt(Vector3 lps) {
        int voxel = voxelAt(lps);
        return voxel <= 1 || voxel == 20 ? 1 : voxel == 53 ? 2 : 0;
    }

    /** @param lps a voxel's centre, mm */
    public static float valueAt(Vector3 lps) {
        return voxelAt(lps) / 4f;
    }

    /** @param lps a voxel's centre, mm
     *  @return LPS mm, of no two voxels alike */
    public static Vector3 displacementAt(Vector3 lps) {
        int voxel = voxelAt(lps);
        return new Vector3(0.5 + voxel / 64.0, -1.25, voxel % 7 / 8.0);
    }

    /** @return which of the patient's 60 voxels this is */
    private static int voxelAt(Vector3 lps) {
        Affine a = PATIENT.affine();
        double[] at = a.toIndex(lps);
        int[] nearest = {(int) Math.rint(at[0]), (int) Math.rint(at[1]), (int) Math.rint(at[2])};
        if (a.toLps(nearest[0], nearest[1], nearest[2]).minus(lps).norm() > CENTRE_MM) {
            throw new AssertionError(lps + " is no voxel's centre");
        }
        return PATIENT.offset(nearest[0], nearest[1], nearest[2]);
    }

    /** @return LPS mm of voxel x of the array */
    public Vector3 centre(int x) {
        int pixels = grid.height() * grid.width();
        return grid.affine().toLps(x / pixels, x / grid.width() % grid.height(), x % grid.width());
    }
}
