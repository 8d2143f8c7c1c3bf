package org.regstream.dicom.read;

import java.util.List;
import java.util.Map;
import org.regstream.core.DecodeException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.FunctionalGroups;
import org.regstream.dicom.SopClass;
import org.regstream.dicom.Tag;

/**
 * Reads a DICOM Segmentation of type BINARY or a Label Map Segmentation, ours or another program's, into a label map. Segments must
 * not overlap: one voxel, one label; nothing is guessed. Thread-safe.
 */
public final class SegmentationReader {
    private SegmentationReader() {}

    /** Reads onto the grid the frames themselves span, from the first slice with a frame to the last. */
    public static Segmentation read(DicomObject dicom) {
        SegmentPlanes planes = planes(dicom);
        return read(dicom, planes, planes.spannedGrid());
    }

    /**
     * @param image slices and pixels of the result; every frame must lie on one of its slices
     * @throws DecodeException if the object is no segmentation of these types, segments overlap, or it belongs to another
     *                         image: by its identifiers, or because frames lie beside the grid
     */
    public static Segmentation read(DicomObject dicom, LabelledImage image) {
        SegmentPlanes planes = planes(dicom);
        image.requireOwn(dicom);
        return read(dicom, planes, image.grid());
    }

    /** Likewise, onto the grid of an image that says no more of itself. */
    public static Segmentation read(DicomObject dicom, Grid grid) {
        return read(dicom, LabelledImage.of(grid));
    }

    private static SegmentPlanes planes(DicomObject dicom) {
        if (!isLabelmap(dicom) && !isBinary(dicom)) {
            throw new DecodeException("expected a Segmentation (" + SopClass.SEGMENTATION_STORAGE
                    + ") of type BINARY with 1 bit a pixel or a Label Map Segmentation ("
                    + SopClass.LABEL_MAP_SEGMENTATION_STORAGE
                    + "), got another class, type or depth; export binary labels");
        }
        return new SegmentPlanes(dicom);
    }

    private static boolean isLabelmap(DicomObject dicom) {
        return dicom.string(Tag.SOP_CLASS_UID).equals(SopClass.LABEL_MAP_SEGMENTATION_STORAGE)
                && isOf("LABELMAP", dicom);
    }

    private static boolean isBinary(DicomObject dicom) {
        return dicom.string(Tag.SOP_CLASS_UID).equals(SopClass.SEGMENTATION_STORAGE) && isOf("BINARY", dicom)
                && dicom.integer(Tag.BITS_ALLOCATED) == 1;
    }

    private static boolean isOf(String type, DicomObject dicom) {
        return dicom.optionalString(Tag.SEGMENTATION_TYPE).orElse("missing").equals(type);
    }

    private static Segmentation read(DicomObject dicom, SegmentPlanes planes, Grid grid) {
        return isLabelmap(dicom) ? LabelmapReader.read(dicom, planes, grid) : readBinary(dicom, planes, grid);
    }

    private static Segmentation readBinary(DicomObject dicom, SegmentPlanes planes, Grid grid) {
        Map<Integer, Structure> structures = SegmentDescriptions.of(dicom.sequence(Tag.SEGMENT_SEQUENCE));
        FunctionalGroups groups = new FunctionalGroups(dicom, planes.count());
        SegmentBits bits = SegmentBits.of(dicom, planes.count(), planes.pixels());
        byte[] labels = new byte[grid.size()];
        for (int frame = 0; frame < planes.count(); frame++) {
            int segment = groups.group(Tag.SEGMENT_IDENTIFICATION_SEQUENCE, frame)
                    .integer(Tag.REFERENCED_SEGMENT_NUMBER);
            if (!structures.containsKey(segment)) {
                throw new DecodeException("frame " + (frame + 1) + " is of segment " + segment + ", which "
                        + Tag.SEGMENT_SEQUENCE + " does not describe");
            }
            paint(labels, grid.offset(planes.slice(frame, grid), 0, 0), bits, frame, planes.pixels(), segment);
        }
        return new Segmentation(LabelMap.takeOwnershipOf(grid, labels), List.copyOf(structures.values()));
    }

    private static void paint(byte[] labels, int offset, SegmentBits bits, int frame, int pixels, int segment) {
        for (int p = 0; p < pixels; p++) {
            if (bits.isSet(frame, p)) {
                int other = labels[offset + p] & 0xff;
                if (other != 0 && other != segment) {
                    throw new DecodeException("segments " + other + " and " + segment
                            + " overlap; export segments that do not");
                }
                labels[offset + p] = (byte) segment;
            }
        }
    }
}
