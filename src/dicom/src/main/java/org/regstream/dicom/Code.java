package org.regstream.dicom;

import java.util.Optional;

/**
 * A coded concept.
 *
 * @param value   such as {@code 113076}
 * @param scheme  who defines it: {@code DCM}, {@code SCT} (SNOMED CT)
 * @param meaning for people to read
 */
public record Code(String value, String scheme, String meaning) {
    public static final Code ANATOMICAL_STRUCTURE = new Code("123037004", "SCT", "Anatomical Structure");
    public static final Code BACKGROUND = new Code("125040", "DCM", "Background");
    public static final Code SEGMENTATION = new Code("113076", "DCM", "Segmentation");
    public static final Code SOURCE_IMAGE = new Code("121322", "DCM", "Source image for image processing operation");
    public static final Code ARTIFICIAL_INTELLIGENCE = new Code("123110", "DCM", "Artificial Intelligence");
    public static final Code ENTIRE_BODY = new Code("38266002", "SCT", "Entire body");
    public static final Code QUANTITY = new Code("246205007", "SCT", "Quantity");
    public static final Code FRAME_OF_REFERENCE_IDENTITY = new Code("125021", "DCM", "Frame of Reference Identity");
    public static final Code IMAGE_CONTENT_BASED_ALIGNMENT = new Code("125024", "DCM", "Image Content-based Alignment");

    /** @return the item of a code sequence */
    public DicomObject toItem() {
        return DicomObject.builder().text(Tag.CODE_VALUE, value).text(Tag.CODING_SCHEME_DESIGNATOR, scheme)
                .text(Tag.CODE_MEANING, meaning).build();
    }

    /** @return the code of a code sequence's item, empty if value or scheme are missing */
    public static Optional<Code> of(DicomObject item) {
        return item.optionalString(Tag.CODE_VALUE)
                .flatMap(value -> item.optionalString(Tag.CODING_SCHEME_DESIGNATOR)
                        .map(scheme -> new Code(value, scheme, item.optionalString(Tag.CODE_MEANING).orElse(value))));
    }
}
