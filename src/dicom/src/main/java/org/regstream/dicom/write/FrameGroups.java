package org.regstream.dicom.write;

import java.util.ArrayList;
import java.util.List;
import org.regstream.core.geometry.Grid;
import org.regstream.dicom.Code;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.DicomObjectBuilder;
import org.regstream.dicom.Tag;

/**
 * What each frame of a derived multi-frame image says of itself: its place in the order of frames, in space, and which source
 * image lies under it.
 */
final class FrameGroups {

    /** An attribute by which frames are ordered, and the functional group it is in. */
    record Dimension(Tag index, Tag group) {
        static final Dimension SEGMENT = new Dimension(Tag.REFERENCED_SEGMENT_NUMBER,
                Tag.SEGMENT_IDENTIFICATION_SEQUENCE);
        static final Dimension POSITION = new Dimension(Tag.IMAGE_POSITION_PATIENT, Tag.PLANE_POSITION_SEQUENCE);
    }

    private final Grid grid;
    private final SourceSlices sources;
    private final Code derivation;

    /** @param derivation what was done to the source images */
    FrameGroups(Grid grid, DerivedObject object, Code derivation) {
        this.grid = grid;
        this.sources = new SourceSlices(grid, object.sources(), object.phase());
        this.derivation = derivation;
    }

    /** @param dimensions by which frames are ordered, the slowest first */
    static void describeDimensions(DicomObjectBuilder out, String uid, Dimension... dimensions) {
        List<DicomObject> pointers = new ArrayList<>();
        for (Dimension dimension : dimensions) {
            pointers.add(DicomObject.builder().text(Tag.DIMENSION_ORGANIZATION_UID, uid)
                    .pointer(Tag.DIMENSION_INDEX_POINTER, dimension.index())
                    .pointer(Tag.FUNCTIONAL_GROUP_POINTER, dimension.group()).build());
        }
        out.item(Tag.DIMENSION_ORGANIZATION_SEQUENCE,
                DicomObject.builder().text(Tag.DIMENSION_ORGANIZATION_UID, uid).build())
                .items(Tag.DIMENSION_INDEX_SEQUENCE, pointers);
    }

    /**
     * @param indices the frame's place in each dimension, from 1
     * @return a new builder of the groups of a frame on slice k
     * @throws IllegalArgumentException if no source image lies within half a slice of it
     */
    DicomObjectBuilder frame(int k, int... indices) {
        DicomObject derived = DicomObject.builder().item(Tag.DERIVATION_CODE_SEQUENCE, derivation.toItem())
                .item(Tag.SOURCE_IMAGE_SEQUENCE, sources.reference(k)).build();
        return DicomObject.builder().item(Tag.DERIVATION_IMAGE_SEQUENCE, derived)
                .item(Tag.FRAME_CONTENT_SEQUENCE,
                        DicomObject.builder().longs(Tag.DIMENSION_INDEX_VALUES, indices).build())
                .item(Tag.PLANE_POSITION_SEQUENCE, PlaneGroups.position(grid, k));
    }
}
