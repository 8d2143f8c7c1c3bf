package org.regstream.core.assembly;

/**
 * What makes frames belong to one volume.
 *
 * @param seriesInstanceUid the DICOM series, 1 to {@link #MAX_LENGTH} characters
 * @param phase             what all its slices say alike of the part of the series that they belong to, as {@link Marks}
 *                          have it in words, up to {@link #MAX_LENGTH} characters; empty if they say nothing alike
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
