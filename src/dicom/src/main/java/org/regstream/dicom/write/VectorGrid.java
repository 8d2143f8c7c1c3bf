package org.regstream.dicom.write;

import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
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
        double[] toLps = toLps(grid.affine());
        float[] out = new float[Math.multiplyExact(3, grid.size())];
        for (int k = 0; k < grid.depth(); k++) {
            int slice = isReversed ? grid.depth() - 1 - k : k;
            for (int p = 0; p < pixels; p++) {
                put(u, k * pixels + p, toLps, out, 3 * (slice * pixels + p));
            }
        }
        return out;
    }

    /** {@code d = u_k * stepK + u_j * stepJ + u_i * stepI}. */
    private static void put(DisplacementField u, int voxel, double[] toLps, float[] out, int at) {
        float[] c = u.components();
        int n = u.grid().size();
        float uk = c[voxel];
        float uj = c[n + voxel];
        float ui = c[2 * n + voxel];
        boolean isDefined = Float.isFinite(uk) && Float.isFinite(uj) && Float.isFinite(ui);
        for (int axis = 0; axis < 3; axis++) {
            out[at + axis] = isDefined
                    ? (float) (toLps[axis] * uk + toLps[3 + axis] * uj + toLps[6 + axis] * ui)
                    : Float.NaN;
        }
    }

    /** Steps along k, j, i, each {x, y, z}. */
    private static double[] toLps(Affine a) {
        return new double[]{a.stepK().x(), a.stepK().y(), a.stepK().z(), a.stepJ().x(), a.stepJ().y(), a.stepJ().z(),
                a.stepI().x(), a.stepI().y(), a.stepI().z()};
    }
}
