package org.regstream.dicom.read;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.regstream.core.DecodeException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.dicom.CieLab;
import org.regstream.dicom.Code;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Element;
import org.regstream.dicom.SopClass;
import org.regstream.dicom.Tag;

/**
 * Reads a DICOM Segmentation of type BINARY, ours or another program's, into a label map. Segments must not overlap: one voxel,
 * one label; nothing is guessed. Thread-safe.
 */
public final class SegmentationReader {
    private static final int MAX_LABEL = 255;
    private static final String NO_COLOUR = "#808080";

    private SegmentationReader() {}

    /** Reads onto the grid the frames themselves span, from the first slice with a frame to the last. */
    public static Segmentation read(DicomObject dicom) {
        SegmentPlanes planes = planes(dicom);
        return read(dicom, planes, planes.spannedGrid());
    }

    /**
     * @param grid slices and pixels of the result; every frame must lie on one of its slices
     * @throws DecodeException if the object is no binary segmentation, segments overlap, or frames lie beside the grid
     */
    public static Segmentation read(DicomObject dicom, Grid grid) {
        return read(dicom, planes(dicom), grid);
    }

    private static SegmentPlanes planes(DicomObject dicom) {
        boolean isSegmentation = dicom.string(Tag.SOP_CLASS_UID).equals(SopClass.SEGMENTATION_STORAGE);
        String type = dicom.optionalString(Tag.SEGMENTATION_TYPE).orElse("missing");
        if (!isSegmentation || !type.equals("BINARY") || dicom.integer(Tag.BITS_ALLOCATED) != 1) {
            throw new DecodeException(
                    "expected a Segmentation (1.2.840.10008.5.1.4.1.1.66.4) of type BINARY with 1 bit a"
                            + " pixel, got another class, type or depth; export binary labels");
        }
        return new SegmentPlanes(dicom);
    }

    private static Segmentation read(DicomObject dicom, SegmentPlanes planes, Grid grid) {
        Map<Integer, Structure> structures = structures(dicom);
        byte[] bits = bits(dicom, planes);
        byte[] labels = new byte[grid.size()];
        for (int frame = 0; frame < planes.count(); frame++) {
            int segment = planes.segment(frame);
            if (!structures.containsKey(segment)) {
                throw new DecodeException("frame " + (frame + 1) + " is of segment " + segment + ", which "
                        + Tag.SEGMENT_SEQUENCE + " does not describe");
            }
            paint(labels, grid.offset(planes.slice(frame, grid), 0, 0), bits, frame, planes.pixels(), segment);
        }
        return new Segmentation(LabelMap.takeOwnershipOf(grid, labels), List.copyOf(structures.values()));
    }

    /** Bits run over the frames without a gap, the first pixel in the lowest bit. */
    private static void paint(byte[] labels, int offset, byte[] bits, int frame, int pixels, int segment) {
        long bit = (long) frame * pixels;
        for (int p = 0; p < pixels; p++, bit++) {
            if ((bits[(int) (bit >> 3)] >> (bit & 7) & 1) != 0) {
                int other = labels[offset + p] & 0xff;
                if (other != 0 && other != segment) {
                    throw new DecodeException("segments " + other + " and " + segment
                            + " overlap; export segments that do not");
                }
                labels[offset + p] = (byte) segment;
            }
        }
    }

    private static byte[] bits(DicomObject dicom, SegmentPlanes planes) {
        long expected = ((long) planes.count() * planes.pixels() + 7) / 8;
        if (dicom.element(Tag.PIXEL_DATA).orElse(null) instanceof Element.Bytes b && b.value().length >= expected) {
            return b.value();
        }
        throw new DecodeException(Tag.PIXEL_DATA + " must hold " + expected + " native bytes for " + planes.count()
                + " frames; it is missing, shorter or compressed");
    }

    private static Map<Integer, Structure> structures(DicomObject dicom) {
        Map<Integer, Structure> byNumber = new LinkedHashMap<>();
        for (DicomObject segment : dicom.sequence(Tag.SEGMENT_SEQUENCE)) {
            Structure structure = structure(segment);
            if (byNumber.put(structure.label(), structure) != null) {
                throw new DecodeException(Tag.SEGMENT_SEQUENCE + " describes segment " + structure.label() + " twice");
            }
        }
        return byNumber;
    }

    /** A type that is not in SNOMED CT becomes the general anatomical structure; the segment's own label stays. */
    private static Structure structure(DicomObject segment) {
        int number = segment.integer(Tag.SEGMENT_NUMBER);
        if (number < 1 || number > MAX_LABEL) {
            throw new DecodeException(Tag.SEGMENT_NUMBER + " must be 1 to " + MAX_LABEL + ", got " + number);
        }
        Code type = segment.item(Tag.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE).flatMap(Code::of)
                .filter(code -> code.scheme().equals("SCT")).orElse(Code.ANATOMICAL_STRUCTURE);
        String name = segment.optionalString(Tag.SEGMENT_LABEL).orElse("segment " + number);
        return new Structure(number, name, type.value(), type.meaning(), colour(segment));
    }

    private static String colour(DicomObject segment) {
        double[] lab = segment.numbers(Tag.RECOMMENDED_DISPLAY_CIELAB_VALUE);
        return lab.length == 3 ? new CieLab((int) lab[0], (int) lab[1], (int) lab[2]).toSrgb() : NO_COLOUR;
    }
}
