package org.regstream.dicom.write;

import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.DicomObjectBuilder;
import org.regstream.dicom.Tag;

/** Where the slices of a grid are, in DICOM's words: orientation, position and measures of an image plane. */
final class PlaneGroups {

    /** Largest cosine between rows and columns: a twentieth of a degree, more than rounding of decimal strings makes. */
    static final double RIGHT_ANGLE = 1e-3;

    private PlaneGroups() {}

    /** @throws IllegalArgumentException if rows and columns are not at right angles, as those of a DICOM image are */
    static void requireRightAngles(Grid grid) {
        Affine affine = grid.affine();
        if (Math.abs(affine.stepI().normalized().dot(affine.stepJ().normalized())) > RIGHT_ANGLE) {
            throw new IllegalArgumentException("rows and columns must be at right angles, got " + affine);
        }
    }

    /**
     * @param direction LPS
     * @return where it points in DICOM's letters, the main one first: {@code L}, {@code PH} (PS3.3 section C.7.6.1.1.1)
     */
    static String towards(Vector3 direction) {
        Vector3 d = direction.normalized();
        return Stream.of(new Way(d.x(), "L", "R"), new Way(d.y(), "P", "A"), new Way(d.z(), "H", "F"))
                .filter(way -> Math.abs(way.cosine()) > RIGHT_ANGLE)
                .sorted(Comparator.comparingDouble((Way way) -> -Math.abs(way.cosine())))
                .map(Way::letter).collect(Collectors.joining());
    }

    /** How far a direction goes along an axis, and what the axis' two ends are called. */
    private record Way(double cosine, String up, String down) {
        String letter() {
            return cosine > 0 ? up : down;
        }
    }

    /** @return direction cosines of a row (the way i grows), then of a column (the way j grows) */
    static DicomObject orientation(Grid grid) {
        Vector3 row = grid.affine().stepI().normalized();
        Vector3 column = grid.affine().stepJ().normalized();
        return DicomObject.builder().decimals(Tag.IMAGE_ORIENTATION_PATIENT, row.x(), row.y(), row.z(), column.x(),
                column.y(), column.z()).build();
    }

    /** @return centre of the first voxel of slice k, LPS mm */
    static DicomObject position(Grid grid, int k) {
        Vector3 position = grid.affine().toLps(k, 0, 0);
        return DicomObject.builder()
                .decimals(Tag.IMAGE_POSITION_PATIENT, position.x(), position.y(), position.z()).build();
    }

    /** @return spacing of rows, then of columns; slices as thick as they are apart, mm */
    static DicomObject measures(Grid grid) {
        Affine affine = grid.affine();
        double sliceStep = Math.abs(affine.stepK().dot(normal(grid)));
        return DicomObject.builder().decimals(Tag.SLICE_THICKNESS, sliceStep)
                .decimals(Tag.SPACING_BETWEEN_SLICES, sliceStep)
                .decimals(Tag.PIXEL_SPACING, affine.stepJ().norm(), affine.stepI().norm()).build();
    }

    /** @return row x column, of length 1: the direction of DICOM's third axis */
    static Vector3 normal(Grid grid) {
        return grid.affine().stepI().normalized().cross(grid.affine().stepJ().normalized()).normalized();
    }

    /** @return a new builder of the functional groups that all slices share */
    static DicomObjectBuilder shared(Grid grid) {
        return DicomObject.builder().item(Tag.PLANE_ORIENTATION_SEQUENCE, orientation(grid))
                .item(Tag.PIXEL_MEASURES_SEQUENCE, measures(grid));
    }
}
