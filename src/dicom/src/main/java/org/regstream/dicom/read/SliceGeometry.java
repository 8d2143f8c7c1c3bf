package org.regstream.dicom.read;

import org.regstream.core.DecodeException;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.FunctionalGroups;
import org.regstream.dicom.Tag;

/** Where the voxel centres of one slice are (DICOM PS3.3 section C.7.6.2.1.1). */
final class SliceGeometry {

    /** Vendors round direction cosines to four decimals at worst: lengths and right angles are off by less than this. */
    private static final double ORTHONORMAL = 1e-3;

    private SliceGeometry() {}

    /**
     * The first three values of the orientation say where a row runs (so how i steps), the last three where a column runs (j);
     * the first value of the spacing is the distance between rows (j), the second between columns (i).
     *
     * @return [1, H, W] in LPS mm; k steps along row x column by the spacing of slices, else their thickness, else 1 mm
     * @throws DecodeException if an attribute is missing, or the directions are not at right angles
     */
    static Grid of(FunctionalGroups groups, int frame, int rows, int columns) {
        double[] position = groups.group(Tag.PLANE_POSITION_SEQUENCE, frame).numbers(Tag.IMAGE_POSITION_PATIENT, 3);
        double[] cosines = groups.group(Tag.PLANE_ORIENTATION_SEQUENCE, frame)
                .numbers(Tag.IMAGE_ORIENTATION_PATIENT, 6);
        DicomObject measures = groups.group(Tag.PIXEL_MEASURES_SEQUENCE, frame);
        double[] spacing = measures.numbers(Tag.PIXEL_SPACING, 2);
        requireFinite(position);
        requirePositive(spacing);
        Vector3 alongRow = unit(cosines[0], cosines[1], cosines[2]);
        Vector3 alongColumn = unit(cosines[3], cosines[4], cosines[5]);
        requireRightAngle(alongRow, alongColumn);
        Vector3 normal = alongRow.cross(alongColumn).normalized();
        return new Grid(1, rows, columns, new Affine(new Vector3(position[0], position[1], position[2]),
                normal.times(sliceStep(measures)), alongColumn.times(spacing[0]), alongRow.times(spacing[1])));
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

    private static Vector3 unit(double x, double y, double z) {
        Vector3 v = new Vector3(x, y, z);
        if (!(Math.abs(v.norm() - 1) <= ORTHONORMAL)) {
            throw new DecodeException(
                    Tag.IMAGE_ORIENTATION_PATIENT + " must hold unit vectors, got length " + v.norm());
        }
        return v.normalized();
    }

    private static void requireRightAngle(Vector3 alongRow, Vector3 alongColumn) {
        double cosine = alongRow.dot(alongColumn);
        if (!(Math.abs(cosine) <= ORTHONORMAL)) {
            throw new DecodeException(
                    Tag.IMAGE_ORIENTATION_PATIENT + " must hold vectors at right angles, got cosine " + cosine);
        }
    }
}
