package org.regstream.dicom.write;

import java.util.List;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.dicom.Code;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.DicomObjectBuilder;
import org.regstream.dicom.Tag;
import org.regstream.dicom.Vr;
import org.regstream.dicom.write.FrameGroups.Dimension;

/**
 * Writes a label map on the live grid as a DICOM Segmentation of type BINARY; {@link LabelmapWriter} is its compact sister.
 * Patient and study are the source's, byte for byte; dates are the source's, identifiers are derived ({@link DerivedUid}): the
 * same inputs give the same bytes. Segment numbers run from 1 in the order of the structures; {@link SegmentFrames} says which
 * frames there are. Thread-safe.
 */
public final class SegmentationWriter {

    private SegmentationWriter() {}

    /**
     * Writes labels of a series, or of the only volume in it.
     *
     * @throws IllegalArgumentException if the sources are of several volumes: name one
     * @see #write(LabelMap, List, List, String, SegmentationAlgorithm)
     */
    public static byte[] write(LabelMap labels, List<Structure> structures, List<DicomObject> sources,
            SegmentationAlgorithm algorithm) {
        return write(labels, structures, sources, SourceSlices.onlyPhase(sources), algorithm);
    }

    /**
     * @param labels     on the live grid; every label in use must be one of the structures
     * @param structures what the labels are, at least one
     * @param sources    headers of the live volume (see {@link DicomObject#withoutPixelData}): one of each slice, or enhanced
     *                   ones; in any order, repeats allowed; matched to slices by position
     * @param phase      which volume of the series the labels belong to, as in its key
     * @param algorithm  what made the labels
     * @return a Part 10 instance in explicit little endian, as a new array
     * @throws IllegalArgumentException           if labels, structures and sources do not fit each other
     * @throws org.regstream.core.DecodeException if a source lacks an identifier the segmentation needs
     */
    public static byte[] write(LabelMap labels, List<Structure> structures, List<DicomObject> sources, String phase,
            SegmentationAlgorithm algorithm) {
        return DicomWriter.write(dataSet(labels, structures, sources, phase, algorithm));
    }

    /** What {@link #write(LabelMap, List, List, String, SegmentationAlgorithm)} writes, before it is encoded. */
    public static DicomObject dataSet(LabelMap labels, List<Structure> structures, List<DicomObject> sources,
            String phase, SegmentationAlgorithm algorithm) {
        Segments.requireFit(labels, structures);
        DerivedObject object = DerivedObject.of(DerivedKind.SEGMENTATION, sources, phase, algorithm);
        SegmentFrames frames = new SegmentFrames(labels, structures);
        DicomObjectBuilder out = object.begin();
        SourceModules.copyCompression(out, object.sources());
        describeImage(out, labels.grid(), frames.frames().size());
        FrameGroups.describeDimensions(out, object.uids().dimensions(), Dimension.SEGMENT, Dimension.POSITION);
        out.items(Tag.SEGMENT_SEQUENCE, Segments.numbered(structures, algorithm));
        References.of(object.sources()).describe(out, object.sources().get(0));
        out.item(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE, PlaneGroups.shared(labels.grid()).build());
        out.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE,
                frameGroups(frames, new FrameGroups(labels.grid(), object, Code.SEGMENTATION)));
        out.bytes(Tag.PIXEL_DATA, Vr.OB, frames.bits());
        return out.build();
    }

    private static void describeImage(DicomObjectBuilder out, Grid grid, int frames) {
        out.text(Tag.IMAGE_TYPE, "DERIVED", "PRIMARY").shorts(Tag.SAMPLES_PER_PIXEL, 1)
                .text(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
                .text(Tag.NUMBER_OF_FRAMES, String.valueOf(frames)).shorts(Tag.ROWS, grid.height())
                .shorts(Tag.COLUMNS, grid.width()).shorts(Tag.BITS_ALLOCATED, 1).shorts(Tag.BITS_STORED, 1)
                .shorts(Tag.HIGH_BIT, 0).shorts(Tag.PIXEL_REPRESENTATION, 0)
                .text(Tag.SEGMENTATION_TYPE, "BINARY").text(Tag.SEGMENTS_OVERLAP, "NO");
    }

    private static List<DicomObject> frameGroups(SegmentFrames frames, FrameGroups groups) {
        return frames.frames().stream()
                .map(frame -> groups.frame(frame.slice(), frame.segment(), frames.rank(frame.slice()))
                        .item(Tag.SEGMENT_IDENTIFICATION_SEQUENCE,
                                DicomObject.builder().shorts(Tag.REFERENCED_SEGMENT_NUMBER, frame.segment()).build())
                        .build())
                .toList();
    }
}
