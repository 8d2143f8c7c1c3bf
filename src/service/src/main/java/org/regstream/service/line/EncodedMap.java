package org.regstream.service.line;

/**
 * A map as a DICOM Parametric Map.
 *
 * @param quantity what its values are, lower-case words joined by hyphens: {@code label-entropy}
 * @param uid      its SOP Instance UID, derived: the same inputs give the same
 * @param dicom    Part 10 bytes; owned by this
 */
public record EncodedMap(String quantity, String uid, byte[] dicom) {

    @Override
    public String toString() {
        return "EncodedMap " + quantity + " " + uid + ", " + dicom.length + " bytes";
    }
}
