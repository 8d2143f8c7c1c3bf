package org.regstream.service.line;

/**
 * Warped labels as a DICOM Segmentation.
 *
 * @param uid   its SOP Instance UID, derived: the same inputs give the same
 * @param dicom Part 10 bytes; owned by this
 */
public record EncodedLabels(String uid, byte[] dicom) {

    @Override
    public String toString() {
        return "EncodedLabels " + uid + ", " + dicom.length + " bytes";
    }
}
