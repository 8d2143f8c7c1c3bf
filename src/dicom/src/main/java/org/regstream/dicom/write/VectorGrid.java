package org.regstream.dicom.write;

import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.DisplacementField;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;

/**
 * A displacement field as DICOM's deformation grid: the one place where voxels become LPS mm. DICOM's grid runs along rows (i),
 * columns (j) and row x column; slices are written in reverse where k runs the other way.
 */
final class VectorGrid {

    private VectorGrid() {}

    /**
     * @return the item of a deformable registration grid sequence; vectors of 3 floats, (x, y, z) in LPS mm, i fastest; NaN in
     *         all three where a component is not finite, which DICOM reads as undefined
     * @throws IllegalArgumentException if the axes of the grid are not at right angles: DICOM's are
     */
    static DicomObject item(DisplacementField u) {
        Grid grid = alongNormal(u.grid());
        requireRightAngles(grid);
        double[] spacing = grid.affine().spacingMm();
        boolean isReversed = grid.affine() != u.grid().affine();
        return DicomObject.builder().all(PlaneGroups.orientation(grid)).all(PlaneGroups.position(grid, 0))
                .longs(Tag.GRID_DIMENSIONS, grid.width(), grid.height(), grid.depth())
                .doubles(Tag.GRID_RESOLUTION, spacing[2], spacing[1], spacing[0])
                .floats(Tag.VECTOR_GRID_DATA, vectors(u, isReversed)).build();
    }

    /** @return the grid, its slices in reverse if they run against row x column */
    private static Grid alongNormal(Grid grid) {
        Affine a = grid.affine();
        if (a.stepK().dot(PlaneGroups.normal(grid)) > 0) {
            return grid;
        }
        return new Grid(grid.depth(), grid.height(), grid.width(),
                new Affine(a.toLps(grid.depth() - 1, 0, 0), a.stepK().times(-1), a.stepJ(), a.stepI()));
    }

    private static void requireRightAngles(Grid grid) {
        PlaneGroups.requireRightAngles(grid);
        double cosine = grid.affine().stepK().normalized().dot(PlaneGroups.normal(grid));
        if (cosine < Math.sqrt(1 - PlaneGroups.RIGHT_ANGLE * PlaneGroups.RIGHT_ANGLE)) {
            throw new IllegalArgumentException("slices of a deformation grid must be stacked at right angles, got "
                    + grid.affine() + "; bring the field onto such a grid with FieldResample.onto first");
        }
    }

    private static float[] vectors(DisplacementField u, boolean isReversed) {
        Grid grid = u.grid();
        int pixels = grid.height() * grid.width();
        float[] out = new float[Math.multiplyExact(3, grid.size())];
        for (int k = 0; k < grid.depth(); k++) {
            int slice = isReversed ? grid.depth() - 1 - k : k;
            for (int p = 0; p < pixels; p++) {
                put(out, 3 * (slice * pixels + p), millimetres(u, k * pixels + p));
            }
        }
        return out;
    }

    /** {@code d = u_k * stepK + u_j * stepJ + u_i * stepI}. */
    private static Vector3 millimetres(DisplacementField u, int voxel) {
        Affine a = u.grid().affine();
        int n = u.grid().size();
        float[] c = u.components();
        return a.stepK().times(c[voxel]).plus(a.stepJ().times(c[n + voxel])).plus(a.stepI().times(c[2 * n + voxel]));
    }

    private static void put(float[] out, int at, Vector3 mm) {
        boolean isDefined = Double.isFinite(mm.x() + mm.y() + mm.z());
        out[at] = isDefined ? (float) mm.x() : Float.NaN;
        out[at + 1] = isDefined ? (float) mm.y() : Float.NaN;
        out[at + 2] = isDefined ? (float) mm.z() : Float.NaN;
    }
}
