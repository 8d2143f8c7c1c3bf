package org.regstream.core.line;

/**
 * A result as a DICOM object, and where it belongs.
 *
 * @param study  its StudyInstanceUID, that of the live series
 * @param series its SeriesInstanceUID, derived
 * @param uid    its SOPInstanceUID, derived: the same inputs give the same
 * @param dicom  Part 10 bytes; owned by this
 */
public record EncodedObject(String study, String series, String uid, byte[] dicom) {

    @Override
    public String toString() {
        return "EncodedObject " + uid + ", " + dicom.length + " bytes";
    }
}
