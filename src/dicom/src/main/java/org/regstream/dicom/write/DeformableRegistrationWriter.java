package org.regstream.dicom.write;

import java.util.ArrayList;
import java.util.List;
import org.regstream.core.pipeline.Placement;
import org.regstream.core.volume.DisplacementField;
import org.regstream.dicom.Code;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.DicomObjectBuilder;
import org.regstream.dicom.Tag;

/**
 * Writes a displacement field as a DICOM Deformable Spatial Registration. DICOM's Registered space is the live one (fixed), its
 * Source space the pre-operative one (moving), and both we and DICOM pull: a position p of the live patient space (LPS mm) is
 * found in the pre-operative one at (PS3.3 section C.20.3.1.1)
 *
 * <pre>
 * q = M_post ( M_pre p + d(p) )
 * </pre>
 *
 * with {@code M_pre} the identity, {@code d} the field converted once from voxels to LPS mm
 * ({@code d = u_k stepK + u_j stepJ + u_i stepI}), and {@code M_post} the initial alignment: it brings the network's window on
 * the live image to its window on the pre-operative one, and is the identity where both are in one frame of reference. The
 * grid is the field's own, so nothing is interpolated; outside it DICOM, as we, says nothing. Two items are written, as readers
 * expect: the live images, which stay, and the pre-operative ones. Identifiers are derived: the same inputs give the same bytes.
 * Thread-safe.
 */
public final class DeformableRegistrationWriter {

    private DeformableRegistrationWriter() {}

    /**
     * @param u            displacement, [3, D, H, W], components (k, j, i), voxels of its grid, which lies in the live patient
     *                     space: the prediction's own on {@code placement.fixedWindow()}. Not modified.
     * @param preoperative the space the field leads to
     * @param sources      headers of the live volume, as for {@link SegmentationWriter}
     * @param phase        which volume of the series the field belongs to, as in its key
     * @param algorithm    what made the field
     * @return a Part 10 instance in explicit little endian, as a new array
     * @throws IllegalArgumentException           if the axes of the field's grid are not at right angles, or both images are in
     *                                            one frame of reference and nothing tells which images are to move
     * @throws org.regstream.core.DecodeException if a source lacks an identifier the registration needs
     */
    public static byte[] write(DisplacementField u, PreoperativeSpace preoperative, List<DicomObject> sources,
            String phase, SegmentationAlgorithm algorithm) {
        return DicomWriter.write(dataSet(u, preoperative, sources, phase, algorithm));
    }

    /** The data set of {@link #write}, for a caller who needs its identifiers too. */
    public static DicomObject dataSet(DisplacementField u, PreoperativeSpace preoperative, List<DicomObject> sources,
            String phase, SegmentationAlgorithm algorithm) {
        DerivedObject object = DerivedObject.of(DerivedKind.DEFORMABLE_REGISTRATION, sources, phase, algorithm);
        List<DicomObject> moving = SourceModules.ordered(preoperative.images());
        String liveSpace = SourceModules.space(object.sources().get(0));
        requireDistinct(liveSpace, preoperative);
        DicomObjectBuilder out = object.begin().copyOrEmpty(object.sources().get(0), Tag.LATERALITY);
        References.of(both(object.sources(), moving)).describe(out, object.sources().get(0));
        DicomObject live = item(liveSpace, object.sources()).build();
        return out.items(Tag.DEFORMABLE_REGISTRATION_SEQUENCE, List.of(live, deformed(u, preoperative, moving)))
                .build();
    }

    private static void requireDistinct(String liveSpace, PreoperativeSpace preoperative) {
        if (preoperative.images().isEmpty() && preoperative.frameOfReferenceUid().equals(liveSpace)) {
            throw new IllegalArgumentException(
                    "live and pre-operative image share a frame of reference, so their images"
                            + " must be named; pass the headers of the pre-operative image");
        }
    }

    private static List<DicomObject> both(List<DicomObject> live, List<DicomObject> moving) {
        List<DicomObject> all = new ArrayList<>(live);
        all.addAll(moving);
        return all;
    }

    private static DicomObject deformed(DisplacementField u, PreoperativeSpace preoperative,
            List<DicomObject> moving) {
        Placement placement = preoperative.placement();
        SpaceMatrix post = SpaceMatrix.between(placement.fixedWindow().affine(), placement.movingWindow().affine());
        return item(preoperative.frameOfReferenceUid(), moving)
                .item(Tag.PRE_DEFORMATION_MATRIX_REGISTRATION_SEQUENCE, SpaceMatrix.IDENTITY.toItem())
                .item(Tag.DEFORMABLE_REGISTRATION_GRID_SEQUENCE, VectorGrid.item(u))
                .item(Tag.POST_DEFORMATION_MATRIX_REGISTRATION_SEQUENCE, post.toItem()).build();
    }

    private static DicomObjectBuilder item(String frameOfReference, List<DicomObject> images) {
        DicomObjectBuilder item = DicomObject.builder().text(Tag.SOURCE_FRAME_OF_REFERENCE_UID, frameOfReference)
                .item(Tag.REGISTRATION_TYPE_CODE_SEQUENCE, Code.IMAGE_CONTENT_BASED_ALIGNMENT.toItem());
        if (!images.isEmpty()) {
            item.items(Tag.REFERENCED_IMAGE_SEQUENCE, images.stream().map(References::item).toList());
        }
        return item;
    }
}
