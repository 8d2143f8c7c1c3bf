package org.regstream.dicom.read;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.regstream.core.DecodeException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.dicom.Code;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;

/** Reads a Label Map Segmentation: a pixel is the number of its segment, one of which is the background. */
final class LabelmapReader {

    private LabelmapReader() {}

    static Segmentation read(DicomObject dicom, SegmentPlanes planes, Grid grid) {
        OptionalInt background = background(dicom);
        Map<Integer, Structure> structures = SegmentDescriptions.of(dicom.sequence(Tag.SEGMENT_SEQUENCE).stream()
                .filter(segment -> background.isEmpty() || number(segment) != background.getAsInt()).toList());
        PixelReader pixels = new PixelReader(valuesOnly(dicom), ReadLimits.DEFAULT);
        byte[] labels = new byte[grid.size()];
        for (int frame = 0; frame < planes.count(); frame++) {
            int offset = grid.offset(planes.slice(frame, grid), 0, 0);
            ByteBuffer cells = pixels.cells(frame);
            for (int p = 0; p < planes.pixels(); p++) {
                int value = (int) pixels.format().stored(cells, p);
                labels[offset + p] = (byte) label(value, background, structures);
            }
        }
        return new Segmentation(LabelMap.takeOwnershipOf(grid, labels), List.copyOf(structures.values()));
    }

    /** The padding value; where there is none, the segment that says it is the background; else 0, which is no segment's. */
    private static OptionalInt background(DicomObject dicom) {
        OptionalInt padding = dicom.optionalInteger(Tag.PIXEL_PADDING_VALUE);
        if (padding.isPresent()) {
            return padding;
        }
        List<DicomObject> segments = dicom.sequence(Tag.SEGMENT_SEQUENCE);
        OptionalInt described = segments.stream().filter(LabelmapReader::isBackground)
                .mapToInt(LabelmapReader::number).findFirst();
        boolean isZeroFree = segments.stream().noneMatch(segment -> number(segment) == 0);
        return described.isEmpty() && isZeroFree ? OptionalInt.of(0) : described;
    }

    private static boolean isBackground(DicomObject segment) {
        return segment.item(Tag.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE).flatMap(Code::of)
                .filter(code -> code.value().equals(Code.BACKGROUND.value())
                        && code.scheme().equals(Code.BACKGROUND.scheme()))
                .isPresent();
    }

    private static int number(DicomObject segment) {
        return segment.integer(Tag.SEGMENT_NUMBER);
    }

    private static int label(int value, OptionalInt background, Map<Integer, Structure> structures) {
        if (background.isPresent() && background.getAsInt() == value) {
            return 0;
        }
        if (!structures.containsKey(value)) {
            throw new DecodeException("a pixel is of segment " + value + ", which " + Tag.SEGMENT_SEQUENCE
                    + " does not describe");
        }
        return value;
    }

    /** A palette only colours the values. */
    private static DicomObject valuesOnly(DicomObject dicom) {
        return DicomObject.builder().all(dicom).text(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2").build();
    }
}
