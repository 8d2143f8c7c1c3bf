package org.regstream.dicom;

import static org.regstream.dicom.Vr.AS;
import static org.regstream.dicom.Vr.CS;
import static org.regstream.dicom.Vr.DA;
import static org.regstream.dicom.Vr.DS;
import static org.regstream.dicom.Vr.DT;
import static org.regstream.dicom.Vr.FD;
import static org.regstream.dicom.Vr.FL;
import static org.regstream.dicom.Vr.IS;
import static org.regstream.dicom.Vr.LO;
import static org.regstream.dicom.Vr.OB;
import static org.regstream.dicom.Vr.OW;
import static org.regstream.dicom.Vr.PN;
import static org.regstream.dicom.Vr.SH;
import static org.regstream.dicom.Vr.SQ;
import static org.regstream.dicom.Vr.ST;
import static org.regstream.dicom.Vr.TM;
import static org.regstream.dicom.Vr.UI;
import static org.regstream.dicom.Vr.UL;
import static org.regstream.dicom.Vr.US;
import static org.regstream.dicom.Vr.UT;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The attributes regstream reads, copies or writes, with the value representation the standard's dictionary gives them. */
public enum Tag {
    // @formatter:off
    FILE_META_INFORMATION_GROUP_LENGTH(0x00020000, UL),
    FILE_META_INFORMATION_VERSION(0x00020001, OB),
    MEDIA_STORAGE_SOP_CLASS_UID(0x00020002, UI),
    MEDIA_STORAGE_SOP_INSTANCE_UID(0x00020003, UI),
    TRANSFER_SYNTAX_UID(0x00020010, UI),
    IMPLEMENTATION_CLASS_UID(0x00020012, UI),
    IMPLEMENTATION_VERSION_NAME(0x00020013, SH),

    SPECIFIC_CHARACTER_SET(0x00080005, CS),
    IMAGE_TYPE(0x00080008, CS),
    SOP_CLASS_UID(0x00080016, UI),
    SOP_INSTANCE_UID(0x00080018, UI),
    STUDY_DATE(0x00080020, DA),
    SERIES_DATE(0x00080021, DA),
    ACQUISITION_DATE(0x00080022, DA),
    CONTENT_DATE(0x00080023, DA),
    ACQUISITION_DATE_TIME(0x0008002a, DT),
    STUDY_TIME(0x00080030, TM),
    SERIES_TIME(0x00080031, TM),
    ACQUISITION_TIME(0x00080032, TM),
    CONTENT_TIME(0x00080033, TM),
    ACCESSION_NUMBER(0x00080050, SH),
    MODALITY(0x00080060, CS),
    MANUFACTURER(0x00080070, LO),
    REFERRING_PHYSICIAN_NAME(0x00080090, PN),
    CODE_VALUE(0x00080100, SH),
    CODING_SCHEME_DESIGNATOR(0x00080102, SH),
    CODE_MEANING(0x00080104, LO),
    TIMEZONE_OFFSET_FROM_UTC(0x00080201, SH),
    STUDY_DESCRIPTION(0x00081030, LO),
    SERIES_DESCRIPTION(0x0008103e, LO),
    MANUFACTURER_MODEL_NAME(0x00081090, LO),
    REFERENCED_SERIES_SEQUENCE(0x00081115, SQ),
    REFERENCED_SOP_CLASS_UID(0x00081150, UI),
    REFERENCED_SOP_INSTANCE_UID(0x00081155, UI),
    REFERENCED_FRAME_NUMBER(0x00081160, IS),
    REFERENCED_INSTANCE_SEQUENCE(0x0008114a, SQ),
    SOURCE_IMAGE_SEQUENCE(0x00082112, SQ),
    DERIVATION_IMAGE_SEQUENCE(0x00089124, SQ),
    DERIVATION_CODE_SEQUENCE(0x00089215, SQ),

    PATIENT_NAME(0x00100010, PN),
    PATIENT_ID(0x00100020, LO),
    ISSUER_OF_PATIENT_ID(0x00100021, LO),
    PATIENT_BIRTH_DATE(0x00100030, DA),
    PATIENT_SEX(0x00100040, CS),
    PATIENT_AGE(0x00101010, AS),

    BODY_PART_EXAMINED(0x00180015, CS),
    SCANNING_SEQUENCE(0x00180020, CS),
    SEQUENCE_VARIANT(0x00180021, CS),
    SCAN_OPTIONS(0x00180022, CS),
    MR_ACQUISITION_TYPE(0x00180023, CS),
    SLICE_THICKNESS(0x00180050, DS),
    REPETITION_TIME(0x00180080, DS),
    ECHO_TIME(0x00180081, DS),
    SPACING_BETWEEN_SLICES(0x00180088, DS),
    ECHO_TRAIN_LENGTH(0x00180091, IS),
    DEVICE_SERIAL_NUMBER(0x00181000, LO),
    SOFTWARE_VERSIONS(0x00181020, LO),
    TRIGGER_TIME(0x00181060, DS),
    PATIENT_POSITION(0x00185100, CS),
    FRAME_ACQUISITION_DATE_TIME(0x00189074, DT),

    STUDY_INSTANCE_UID(0x0020000d, UI),
    SERIES_INSTANCE_UID(0x0020000e, UI),
    STUDY_ID(0x00200010, SH),
    SERIES_NUMBER(0x00200011, IS),
    ACQUISITION_NUMBER(0x00200012, IS),
    INSTANCE_NUMBER(0x00200013, IS),
    IMAGE_POSITION_PATIENT(0x00200032, DS),
    IMAGE_ORIENTATION_PATIENT(0x00200037, DS),
    FRAME_OF_REFERENCE_UID(0x00200052, UI),
    TEMPORAL_POSITION_IDENTIFIER(0x00200100, IS),
    NUMBER_OF_TEMPORAL_POSITIONS(0x00200105, IS),
    IMAGES_IN_ACQUISITION(0x00201002, IS),
    POSITION_REFERENCE_INDICATOR(0x00201040, LO),
    FRAME_CONTENT_SEQUENCE(0x00209111, SQ),
    PLANE_POSITION_SEQUENCE(0x00209113, SQ),
    PLANE_ORIENTATION_SEQUENCE(0x00209116, SQ),
    TEMPORAL_POSITION_INDEX(0x00209128, UL),
    FRAME_ACQUISITION_NUMBER(0x00209156, US),
    DIMENSION_INDEX_VALUES(0x00209157, UL),
    CONCATENATION_UID(0x00209161, UI),
    DIMENSION_ORGANIZATION_UID(0x00209164, UI),
    DIMENSION_INDEX_POINTER(0x00209165, Vr.AT),
    FUNCTIONAL_GROUP_POINTER(0x00209167, Vr.AT),
    DIMENSION_ORGANIZATION_SEQUENCE(0x00209221, SQ),
    DIMENSION_INDEX_SEQUENCE(0x00209222, SQ),

    SAMPLES_PER_PIXEL(0x00280002, US),
    PHOTOMETRIC_INTERPRETATION(0x00280004, CS),
    NUMBER_OF_FRAMES(0x00280008, IS),
    ROWS(0x00280010, US),
    COLUMNS(0x00280011, US),
    PIXEL_SPACING(0x00280030, DS),
    BITS_ALLOCATED(0x00280100, US),
    BITS_STORED(0x00280101, US),
    HIGH_BIT(0x00280102, US),
    PIXEL_REPRESENTATION(0x00280103, US),
    RESCALE_INTERCEPT(0x00281052, DS),
    RESCALE_SLOPE(0x00281053, DS),
    RESCALE_TYPE(0x00281054, LO),
    LOSSY_IMAGE_COMPRESSION(0x00282110, CS),
    MODALITY_LUT_SEQUENCE(0x00283000, SQ),
    PIXEL_MEASURES_SEQUENCE(0x00289110, SQ),
    PIXEL_VALUE_TRANSFORMATION_SEQUENCE(0x00289145, SQ),

    CONTENT_LABEL(0x00700080, CS),
    CONTENT_DESCRIPTION(0x00700081, LO),
    CONTENT_CREATOR_NAME(0x00700084, PN),

    SEGMENTATION_TYPE(0x00620001, CS),
    SEGMENT_SEQUENCE(0x00620002, SQ),
    SEGMENTED_PROPERTY_CATEGORY_CODE_SEQUENCE(0x00620003, SQ),
    SEGMENT_NUMBER(0x00620004, US),
    SEGMENT_LABEL(0x00620005, LO),
    SEGMENTATION_ALGORITHM_IDENTIFICATION_SEQUENCE(0x00620007, SQ),
    SEGMENT_ALGORITHM_TYPE(0x00620008, CS),
    SEGMENT_ALGORITHM_NAME(0x00620009, LO),
    SEGMENT_IDENTIFICATION_SEQUENCE(0x0062000a, SQ),
    REFERENCED_SEGMENT_NUMBER(0x0062000b, US),
    RECOMMENDED_DISPLAY_CIELAB_VALUE(0x0062000d, US),
    SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE(0x0062000f, SQ),
    SEGMENTS_OVERLAP(0x00620013, CS),

    ALGORITHM_VERSION(0x00660031, LO),
    ALGORITHM_FAMILY_CODE_SEQUENCE(0x0066002f, SQ),
    ALGORITHM_NAME(0x00660036, LO),

    PURPOSE_OF_REFERENCE_CODE_SEQUENCE(0x0040a170, SQ),

    SHARED_FUNCTIONAL_GROUPS_SEQUENCE(0x52009229, SQ),
    PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE(0x52009230, SQ),

    FLOAT_PIXEL_DATA(0x7fe00008, Vr.OF),
    PIXEL_DATA(0x7fe00010, OW);
    // @formatter:on

    private static final Map<Integer, Tag> BY_CODE = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(Tag::code, Function.identity()));

    private final int code;
    private final Vr vr;

    Tag(int code, Vr vr) {
        this.code = code;
        this.vr = vr;
    }

    /** @return group in the upper 16 bits, element in the lower */
    public int code() {
        return code;
    }

    public Vr vr() {
        return vr;
    }

    /** @return the attribute with this code, empty if regstream does not use it */
    public static Optional<Tag> of(int code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** @return {@code (gggg,eeee)} and, where known, the name: what messages say of an attribute */
    public static String describe(int code) {
        String number = String.format("(%04x,%04x)", code >>> 16, code & 0xffff);
        return of(code).map(tag -> tag.name() + " " + number).orElse(number);
    }

    @Override
    public String toString() {
        return describe(code);
    }
}
