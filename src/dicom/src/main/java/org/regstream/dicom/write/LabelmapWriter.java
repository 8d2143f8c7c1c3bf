package org.regstream.dicom.write;

import java.util.ArrayList;
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
 * Writes a label map on the live grid as a DICOM Label Map Segmentation (PS3.3 section A.51, type LABELMAP): one 8-bit frame a slice, all
 * slices in the order of the grid; a pixel is its segment's number, which is the structure's label. Every value has to be
 * described, so 0 is a segment too, the background, and the padding value says that it is. Identity, geometry and references are
 * those of {@link SegmentationWriter}; the same inputs give the same bytes. Thread-safe.
 */
public final class LabelmapWriter {

    private LabelmapWriter() {}

    /**
     * @param labels     on the live grid; every label in use must be one of the structures
     * @param structures what the labels are, at least one
     * @param sources    headers of the live volume, as for {@link SegmentationWriter}
     * @param phase      which volume of the series the labels belong to, as in its key
     * @param algorithm  what made the labels
     * @return the data set before it is encoded
     * @throws IllegalArgumentException           if labels, structures and sources do not fit each other
     * @throws org.regstream.core.DecodeException if a source lacks an identifier the segmentation needs
     */
    public static DicomObject dataSet(LabelMap labels, List<Structure> structures, List<DicomObject> sources,
            String phase, SegmentationAlgorithm algorithm) {
        Segments.requireFit(labels, structures);
        DerivedObject object = DerivedObject.of(DerivedKind.LABEL_MAP_SEGMENTATION, sources, phase, algorithm);
        DicomObjectBuilder out = object.begin();
        SourceModules.copyCompression(out, object.sources());
        describeImage(out, labels.grid());
        describeOrientation(out, labels.grid());
        FrameGroups.describeDimensions(out, object.uids().dimensions(), Dimension.POSITION);
        out.items(Tag.SEGMENT_SEQUENCE, Segments.byLabel(structures, algorithm));
        References.of(object.sources()).describe(out, object.sources().get(0));
        out.item(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE, PlaneGroups.shared(labels.grid()).build());
        out.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE,
                frameGroups(labels.grid(), new FrameGroups(labels.grid(), object, Code.SEGMENTATION)));
        return out.bytes(Tag.PIXEL_DATA, Vr.OB, labels.labels().clone()).build();
    }

    private static void describeImage(DicomObjectBuilder out, Grid grid) {
        out.text(Tag.IMAGE_TYPE, "DERIVED", "PRIMARY").shorts(Tag.SAMPLES_PER_PIXEL, 1)
                .text(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
                .text(Tag.NUMBER_OF_FRAMES, String.valueOf(grid.depth())).shorts(Tag.ROWS, grid.height())
                .shorts(Tag.COLUMNS, grid.width()).shorts(Tag.BITS_ALLOCATED, Byte.SIZE)
                .shorts(Tag.BITS_STORED, Byte.SIZE).shorts(Tag.HIGH_BIT, Byte.SIZE - 1)
                .shorts(Tag.PIXEL_REPRESENTATION, 0).shorts(Tag.PIXEL_PADDING_VALUE, 0)
                .text(Tag.SEGMENTATION_TYPE, "LABELMAP").text(Tag.SEGMENTS_OVERLAP, "NO");
    }

    /** The plane orientation says it already; the validator asks for the letters too, of this class alone. */
    private static void describeOrientation(DicomObjectBuilder out, Grid grid) {
        out.text(Tag.PATIENT_ORIENTATION, PlaneGroups.towards(grid.affine().stepI()),
                PlaneGroups.towards(grid.affine().stepJ()));
    }

    private static List<DicomObject> frameGroups(Grid grid, FrameGroups groups) {
        List<DicomObject> frames = new ArrayList<>();
        for (int k = 0; k < grid.depth(); k++) {
            frames.add(groups.frame(k, k + 1).build());
        }
        return frames;
    }
}
