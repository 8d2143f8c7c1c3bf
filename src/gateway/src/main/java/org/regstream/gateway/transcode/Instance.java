package org.regstream.gateway.transcode;

/**
 * One DICOM instance ready for the topic.
 *
 * @param seriesInstanceUid its series, the key of the record
 * @param part10            DICOM Part 10 object, explicit VR little endian, native pixels. Referenced.
 */
public record Instance(String seriesInstanceUid, byte[] part10) {

    /** Names neither the instance nor its content. */
    @Override
    public String toString() {
        return "Instance[" + part10.length + " bytes]";
    }
}
