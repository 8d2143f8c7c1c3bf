package org.regstream.dicom.write;

import java.util.List;
import java.util.Map;

/**
 * What made a segmentation and the maps and fields that come with it, and out of what: together with the source images this
 * names the objects.
 *
 * @param modelId       names the model package
 * @param modelDigest   SHA-256 of the network, hexadecimal, at most 64 characters
 * @param resultKind    which of several results for the same images this is, such as {@code student}
 * @param furtherInputs what else the labels follow from, such as the procedure's id and the digest of its reference; opaque
 *                      identifiers only; the same for all volumes of a series
 * @param ofVolume      likewise, of this one volume; empty where the same images always give the same result
 * @param descriptions  label to how the labels of its structure came about, at most 1024 characters; may lack any
 */
public record SegmentationAlgorithm(String modelId, String modelDigest, String resultKind, List<String> furtherInputs,
        List<String> ofVolume, Map<Integer, String> descriptions) {

    private static final int MAX_LONG_STRING = 64;

    private static final int MAX_SHORT_TEXT = 1024;

    /** Goes into the series description behind a few words. */
    private static final int MAX_KIND = 40;

    public SegmentationAlgorithm {
        furtherInputs = List.copyOf(furtherInputs);
        ofVolume = List.copyOf(ofVolume);
        descriptions = Map.copyOf(descriptions);
        requireText("model id", modelId, MAX_LONG_STRING);
        requireText("model digest", modelDigest, MAX_LONG_STRING);
        requireText("result kind", resultKind, MAX_KIND);
        descriptions.values().forEach(text -> requireText("description", text, MAX_SHORT_TEXT));
    }

    /** Whose results follow from the images and {@code furtherInputs} alone. */
    public SegmentationAlgorithm(String modelId, String modelDigest, String resultKind, List<String> furtherInputs) {
        this(modelId, modelDigest, resultKind, furtherInputs, List.of(), Map.of());
    }

    /** @param kind which of several results for the same images */
    public SegmentationAlgorithm withKind(String kind) {
        return new SegmentationAlgorithm(modelId, modelDigest, kind, furtherInputs, ofVolume, descriptions);
    }

    /** @param of what else this volume's result follows from */
    public SegmentationAlgorithm ofVolume(List<String> of) {
        return new SegmentationAlgorithm(modelId, modelDigest, resultKind, furtherInputs, of, descriptions);
    }

    /** @param byLabel how the labels of each structure came about */
    public SegmentationAlgorithm describing(Map<Integer, String> byLabel) {
        return new SegmentationAlgorithm(modelId, modelDigest, resultKind, furtherInputs, ofVolume, byLabel);
    }

    private static void requireText(String what, String text, int max) {
        if (text.isBlank() || text.length() > max || text.indexOf('\\') >= 0) {
            throw new IllegalArgumentException(
                    what + " must have 1 to " + max + " characters without backslash, got " + text.length());
        }
    }
}
