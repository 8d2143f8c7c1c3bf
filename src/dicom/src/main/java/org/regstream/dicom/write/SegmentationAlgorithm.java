package org.regstream.dicom.write;

import java.util.List;

/**
 * What made a segmentation, and out of what: together with the source images this names the object.
 *
 * @param modelId       names the model package
 * @param modelDigest   SHA-256 of the network, hexadecimal, at most 64 characters
 * @param resultKind    which of several results for the same images this is, such as {@code student}
 * @param furtherInputs what else the labels follow from, such as the procedure's id and the digest of its reference; opaque
 *                      identifiers only
 */
public record SegmentationAlgorithm(String modelId, String modelDigest, String resultKind, List<String> furtherInputs) {

    private static final int MAX_LONG_STRING = 64;

    public SegmentationAlgorithm {
        furtherInputs = List.copyOf(furtherInputs);
        for (String text : List.of(modelId, modelDigest, resultKind)) {
            if (text.isBlank() || text.length() > MAX_LONG_STRING || text.indexOf('\\') >= 0) {
                throw new IllegalArgumentException("model id, digest and result kind must have 1 to " + MAX_LONG_STRING
                        + " characters without backslash, got " + text.length());
            }
        }
    }
}
