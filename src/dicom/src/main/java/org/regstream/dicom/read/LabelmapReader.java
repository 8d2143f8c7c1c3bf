package org.regstream.dicom.read;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
        Set<Integer> background = background(dicom);
        Map<Integer, Structure> structures = SegmentDescriptions.of(dicom.sequence(Tag.SEGMENT_SEQUENCE).stream()
                .filter(segment -> !background.contains(number(segment))).toList());
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

    /** The padding value, and each segment that says it is the background; where nothing says so 0, if it is no segment's. */
    private static Set<Integer> background(DicomObject dicom) {
        List<DicomObject> segments = dicom.sequence(Tag.SEGMENT_SEQUENCE);
        Set<Integer> background = segments.stream().filter(LabelmapReader::isBackground).map(LabelmapReader::number)
                .collect(Collectors.toSet());
        dicom.optionalInteger(Tag.PIXEL_PADDING_VALUE).ifPresent(background::add);
        boolean isZeroFree = segments.stream().noneMatch(segment -> number(segment) == 0);
        return background.isEmpty() && isZeroFree ? Set.of(0) : background;
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

    private static int label(int value, Set<Integer> background, Map<Integer, Structure> structures) {
        if (background.contains(value)) {
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
