package org.regstream.dicom.write;

import java.util.List;
import org.regstream.core.geometry.Affine;
import org.regstream.core.pipeline.PoseBasis;
import org.regstream.dicom.Code;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.DicomObjectBuilder;
import org.regstream.dicom.Tag;

/**
 * Writes the pose before registration as a DICOM Spatial Registration. The Registered space is the live one, as in
 * {@link DeformableRegistrationWriter}, but the standard's matrix pushes here: a position q of the pre-operative patient space
 * (LPS mm) lies at (PS3.3 section C.20.2.1.1)
 *
 * <pre>
 * p = M q
 * </pre>
 *
 * of the live one. So it is the inverse of that object's post-deformation matrix. Two items are written: the live images, which
 * stay, and the pre-operative ones. Identifiers are derived: the same inputs give the same bytes. Thread-safe.
 */
public final class SpatialRegistrationWriter {

    private SpatialRegistrationWriter() {}

    /**
     * @param preoperative where it lies on the live image
     * @param sources      headers of the live volume, as for {@link SegmentationWriter}
     * @param phase        which volume of the series the pose belongs to, as in its key
     * @param algorithm    what made it
     * @return a Part 10 instance in explicit little endian, as a new array
     * @throws IllegalArgumentException           if both images are in one frame of reference and nothing tells which images are
     *                                            to move
     * @throws org.regstream.core.DecodeException if a source lacks an identifier the registration needs
     */
    public static byte[] write(PreoperativeSpace preoperative, List<DicomObject> sources, String phase,
            SegmentationAlgorithm algorithm) {
        return DicomWriter.write(dataSet(preoperative, sources, phase, algorithm));
    }

    /** Likewise, before it is written. */
    public static DicomObject dataSet(PreoperativeSpace preoperative, List<DicomObject> sources, String phase,
            SegmentationAlgorithm algorithm) {
        TwoSpaces spaces = TwoSpaces.of(DerivedKind.SPATIAL_REGISTRATION, preoperative, sources, phase, algorithm);
        Affine fixed = preoperative.placement().fixedWindow().affine();
        Affine moving = preoperative.placement().movingWindow().affine();
        DicomObject live = moved(spaces.liveItem(Tag.FRAME_OF_REFERENCE_UID), SpaceMatrix.IDENTITY,
                List.of(Code.FRAME_OF_REFERENCE_IDENTITY));
        DicomObject other = moved(spaces.preoperativeItem(Tag.FRAME_OF_REFERENCE_UID),
                SpaceMatrix.between(moving, fixed), why(preoperative.placement().basis()));
        return spaces.begin().items(Tag.REGISTRATION_SEQUENCE, List.of(live, other)).build();
    }

    /** Nothing where the standard has no word for it. */
    private static List<Code> why(PoseBasis basis) {
        return switch (basis) {
            case IMAGES, HEADERS -> List.of(Code.IMAGE_CONTENT_BASED_ALIGNMENT);
            case PROCEDURE, HEADERS_UNCONFIRMED -> List.of();
        };
    }

    private static DicomObject moved(DicomObjectBuilder item, SpaceMatrix matrix, List<Code> why) {
        return item.item(Tag.MATRIX_REGISTRATION_SEQUENCE, DicomObject.builder()
                .items(Tag.REGISTRATION_TYPE_CODE_SEQUENCE, why.stream().map(Code::toItem).toList())
                .item(Tag.MATRIX_SEQUENCE, matrix.toItem()).build()).build();
    }
}
