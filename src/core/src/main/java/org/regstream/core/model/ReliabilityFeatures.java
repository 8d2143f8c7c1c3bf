package org.regstream.core.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * What a {@link DicePredictor} looks at, of one carried structure on the window: nothing that needs the true labels. Service and
 * calibration compute it in the same place ({@code core.carry.Reliability}), so that limits mean the same in both.
 *
 * @param entropyInside     mean entropy of the carried soft labels inside the structure, nats
 * @param entropyBorder     likewise on its border (dilated minus eroded by one step of 3 x 3 x 3), nats
 * @param expectedErrorMm   mean calibrated expected error of the displacement on its border, mm
 * @param agreement         mean Dice between each two members' carried labels, [0, 1]; 1 for a single member
 * @param volumeVariation   standard deviation of the members' volumes over their mean, at least 0
 * @param spreadMm          mean displacement spread of the members inside, mm
 * @param logVolumeRatio    |ln(carried volume / given volume)|, 0 keeps the volume
 * @param similarity        mean local NLCC of fixed and pulled image over the dilated structure, [0, 1]
 * @param outlinesAgree     mean foreground Dice of the network's outline of the moving image, pulled along the field, and that
 *                          of the fixed image: judges the field whatever labels were given; empty if the package outlines nothing
 * @param outlineDice       Dice of the carried structure and the network's outline of it on the fixed image; empty if the package does not know it
 * @param movingOutlineDice Dice of the given structure and the network's outline of it on the moving image; likewise
 */
public record ReliabilityFeatures(double entropyInside, double entropyBorder, double expectedErrorMm, double agreement,
        double volumeVariation, double spreadMm, double logVolumeRatio, double similarity,
        OptionalDouble outlinesAgree, OptionalDouble outlineDice, OptionalDouble movingOutlineDice) {

    /** By each feature's name, 1 if more of it speaks for the outline and -1 if against; in the order of this record. */
    public static final Map<String, Integer> SIGNS = signs();

    /** Names by which predictors weigh the features. */
    public static final List<String> NAMES = List.copyOf(SIGNS.keySet());

    /** Those that only structures have that the package knows. */
    public static final List<String> OF_KNOWN_STRUCTURES = List.of("outlineDice", "movingOutlineDice");

    /** @throws IllegalArgumentException if a figure is not finite: a lost structure has no features */
    public ReliabilityFeatures {
        named(entropyInside, entropyBorder, expectedErrorMm, agreement, volumeVariation, spreadMm, logVolumeRatio,
                similarity, outlinesAgree, outlineDice, movingOutlineDice).forEach((name, value) -> {
                    if (!Double.isFinite(value)) {
                        throw new IllegalArgumentException(name + " must be finite, got " + value
                                + "; a structure without voxels has no features");
                    }
                });
    }

    /**
     * What a dispute is judged by: of both sides the worse, for labels that are not where the network sees the structure, on the
     * live image or on their own; empty if the package does not know it.
     */
    public OptionalDouble worseOutlineDice() {
        return DoubleStream.concat(outlineDice.stream(), movingOutlineDice.stream()).min();
    }

    /** The figures by the names of {@link #NAMES}, in that order, without those that are empty. */
    public Map<String, Double> byName() {
        return named(entropyInside, entropyBorder, expectedErrorMm, agreement, volumeVariation, spreadMm,
                logVolumeRatio, similarity, outlinesAgree, outlineDice, movingOutlineDice);
    }

    private static Map<String, Double> named(double entropyInside, double entropyBorder, double expectedErrorMm,
            double agreement, double volumeVariation, double spreadMm, double logVolumeRatio, double similarity,
            OptionalDouble outlinesAgree, OptionalDouble outlineDice, OptionalDouble movingOutlineDice) {
        Map<String, Double> named = new LinkedHashMap<>();
        named.put("entropyInside", entropyInside);
        named.put("entropyBorder", entropyBorder);
        named.put("expectedErrorMm", expectedErrorMm);
        named.put("agreement", agreement);
        named.put("volumeVariation", volumeVariation);
        named.put("spreadMm", spreadMm);
        named.put("logVolumeRatio", logVolumeRatio);
        named.put("similarity", similarity);
        outlinesAgree.ifPresent(value -> named.put("outlinesAgree", value));
        outlineDice.ifPresent(value -> named.put("outlineDice", value));
        movingOutlineDice.ifPresent(value -> named.put("movingOutlineDice", value));
        return named;
    }

    private static Map<String, Integer> signs() {
        Map<String, Integer> signs = new LinkedHashMap<>();
        List.of("entropyInside", "entropyBorder", "expectedErrorMm").forEach(name -> signs.put(name, -1));
        signs.put("agreement", 1);
        List.of("volumeVariation", "spreadMm", "logVolumeRatio").forEach(name -> signs.put(name, -1));
        List.of("similarity", "outlinesAgree", "outlineDice", "movingOutlineDice").forEach(name -> signs.put(name, 1));
        return Collections.unmodifiableMap(signs);
    }
}
