package org.regstream.dicom.write;

import java.util.List;

/**
 * What made a segmentation and the maps and fields that come with it, and out of what: together with the source images this
 * names the objects.
 *
 * @param modelId       names the model package
 * @param modelDigest   SHA-256 of the network, hexadecimal, at most 64 characters
 * @param resultKind    which of several results for the same images this is, such as {@code student}
 * @param furtherInputs what else the labels follow from, such as the procedure's id and the digest of its reference; opaque
 *                      identifiers only
 */
public record SegmentationAlgorithm(String modelId, String modelDigest, String resultKind, List<String> furtherInputs) {

    private static final int MAX_LONG_STRING = 64;

    /** Goes into the series description behind a few words. */
    private static final int MAX_KIND = 40;

    public SegmentationAlgorithm {
        furtherInputs = List.copyOf(furtherInputs);
        requireText("model id", modelId, MAX_LONG_STRING);
        requireText("model digest", modelDigest, MAX_LONG_STRING);
        requireText("result kind", resultKind, MAX_KIND);
    }

    private static void requireText(String what, String text, int max) {
        if (text.isBlank() || text.length() > max || text.indexOf('\\') >= 0) {
            throw new IllegalArgumentException(
                    what + " must have 1 to " + max + " characters without backslash, got " + text.length());
        }
    }
}
