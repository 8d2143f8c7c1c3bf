package org.regstream.dicom.read;

import java.util.Arrays;
import org.regstream.core.DecodeException;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.FunctionalGroups;
import org.regstream.dicom.Tag;

/** Where the voxel centres of one slice are (DICOM PS3.3 section C.7.6.2.1.1). */
final class SliceGeometry {

    /** Most vendors write direction cosines of four decimals or more: lengths and right angles are off by less than this. */
    private static final double ORTHONORMAL = 1e-3;

    /** Some write two. Fewer do not say where a slice lies. */
    private static final double COARSEST_UNIT = 0.01;

    /** Rounding moves each of three cosines by half a unit at most, and so the vector by this many units. */
    private static final double ROUNDED_UNITS = Math.sqrt(3) / 2;

    private SliceGeometry() {}

    /**
     * The first three values of the orientation say where a row runs (so how i steps), the last three where a column runs (j);
     * the first value of the spacing is the distance between rows (j), the second between columns (i).
     *
     * @return [1, H, W] in LPS mm; k steps along row x column by the spacing of slices, else their thickness, else 1 mm
     * @throws DecodeException if an attribute is missing, or the directions are farther from right angles than the decimals they
     *                         are told in explain
     */
    static Grid of(FunctionalGroups groups, int frame, int rows, int columns) {
        double[] position = groups.group(Tag.PLANE_POSITION_SEQUENCE, frame).numbers(Tag.IMAGE_POSITION_PATIENT, 3);
        double[] cosines = groups.group(Tag.PLANE_ORIENTATION_SEQUENCE, frame)
                .numbers(Tag.IMAGE_ORIENTATION_PATIENT, 6);
        DicomObject measures = groups.group(Tag.PIXEL_MEASURES_SEQUENCE, frame);
        double[] spacing = measures.numbers(Tag.PIXEL_SPACING, 2);
        requireFinite(position);
        requirePositive(spacing);
        Vector3[] along = directions(cosines);
        Vector3 normal = along[0].cross(along[1]).normalized();
        return new Grid(1, rows, columns, new Affine(new Vector3(position[0], position[1], position[2]),
                normal.times(sliceStep(measures)), along[1].times(spacing[0]), along[0].times(spacing[1])));
    }

    /** @return unit vectors along a row and along a column */
    private static Vector3[] directions(double[] cosines) {
        double rounding = isIn(COARSEST_UNIT, cosines) ? ROUNDED_UNITS * COARSEST_UNIT : 0;
        Vector3 row = unit(cosines, 0, Math.max(ORTHONORMAL, rounding));
        Vector3 column = unit(cosines, 3, Math.max(ORTHONORMAL, rounding));
        double cosine = row.dot(column);
        if (!(Math.abs(cosine) <= Math.max(ORTHONORMAL, 2 * rounding))) {
            throw new DecodeException(
                    Tag.IMAGE_ORIENTATION_PATIENT + " must hold vectors at right angles, got cosine " + cosine);
        }
        return Math.abs(cosine) <= ORTHONORMAL ? new Vector3[]{row, column} : straightened(row, column);
    }

    /** Both turned by the same angle: sum and difference of unit vectors are at right angles. */
    private static Vector3[] straightened(Vector3 row, Vector3 column) {
        Vector3 sum = row.plus(column).normalized();
        Vector3 difference = row.minus(column).normalized();
        return new Vector3[]{sum.plus(difference).normalized(), sum.minus(difference).normalized()};
    }

    private static boolean isIn(double unit, double[] values) {
        return Arrays.stream(values).allMatch(v -> Math.abs(v / unit - Math.rint(v / unit)) < 1e-6);
    }

    private static double sliceStep(DicomObject measures) {
        double between = measures.optionalNumber(Tag.SPACING_BETWEEN_SLICES).orElse(0);
        double thickness = measures.optionalNumber(Tag.SLICE_THICKNESS).orElse(0);
        return isLength(between) ? between : isLength(thickness) ? thickness : 1;
    }

    private static boolean isLength(double mm) {
        return mm > 1e-6 && mm < 1e6;
    }

    private static void requireFinite(double[] position) {
        for (double p : position) {
            if (!(Math.abs(p) < 1e6)) {
                throw new DecodeException(Tag.IMAGE_POSITION_PATIENT + " must be within 1e6 mm, got more");
            }
        }
    }

    private static void requirePositive(double[] spacing) {
        if (!isLength(spacing[0]) || !isLength(spacing[1])) {
            throw new DecodeException(
                    Tag.PIXEL_SPACING + " must be positive, got " + spacing[0] + " and " + spacing[1]);
        }
    }

    private static Vector3 unit(double[] cosines, int from, double tolerance) {
        Vector3 v = new Vector3(cosines[from], cosines[from + 1], cosines[from + 2]);
        if (!(Math.abs(v.norm() - 1) <= tolerance)) {
            throw new DecodeException(
                    Tag.IMAGE_ORIENTATION_PATIENT + " must hold unit vectors, got length " + v.norm());
        }
        return v.normalized();
    }
}
