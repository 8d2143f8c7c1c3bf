package org.regstream.dicom.write;

import java.util.List;
import org.regstream.core.pipeline.Placement;
import org.regstream.core.volume.DisplacementField;
import org.regstream.dicom.DicomObject;
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
        TwoSpaces spaces = TwoSpaces.of(DerivedKind.DEFORMABLE_REGISTRATION, preoperative, sources, phase, algorithm);
        DicomObject live = TwoSpaces.byImageContent(spaces.liveItem(Tag.SOURCE_FRAME_OF_REFERENCE_UID)).build();
        return spaces.begin()
                .items(Tag.DEFORMABLE_REGISTRATION_SEQUENCE, List.of(live, deformed(u, spaces))).build();
    }

    private static DicomObject deformed(DisplacementField u, TwoSpaces spaces) {
        Placement placement = spaces.preoperative().placement();
        SpaceMatrix post = SpaceMatrix.between(placement.fixedWindow().affine(), placement.movingWindow().affine());
        return TwoSpaces.byImageContent(spaces.preoperativeItem(Tag.SOURCE_FRAME_OF_REFERENCE_UID))
                .item(Tag.PRE_DEFORMATION_MATRIX_REGISTRATION_SEQUENCE, SpaceMatrix.IDENTITY.toItem())
                .item(Tag.DEFORMABLE_REGISTRATION_GRID_SEQUENCE, VectorGrid.item(u))
                .item(Tag.POST_DEFORMATION_MATRIX_REGISTRATION_SEQUENCE, post.toItem()).build();
    }
}
