package org.regstream.core.assembly;

/**
 * What makes frames belong to one volume.
 *
 * @param seriesInstanceUid the DICOM series, 1 to {@link #MAX_LENGTH} characters
 * @param phase             temporal position, acquisition number or trigger time as text, up to {@link #MAX_LENGTH}
 *                          characters; empty if the series has one volume
 */
public record VolumeKey(String seriesInstanceUid, String phase) {

    /** Longest UID of DICOM (PS3.5). Keys are remembered, so none may be longer. */
    public static final int MAX_LENGTH = 64;

    public VolumeKey {
        requireLength("seriesInstanceUid", seriesInstanceUid, 1);
        requireLength("phase", phase, 0);
    }

    static void requireLength(String what, String text, int min) {
        if (text.length() < min || text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    what + " must have " + min + " to " + MAX_LENGTH + " characters, got " + text.length());
        }
    }
}
