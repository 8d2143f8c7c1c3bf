package org.regstream.core.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.regstream.core.quality.Morphology;
import org.regstream.core.similarity.Nlcc;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Shapes;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Warp;

/**
 * What a {@link DicePredictor} looks at: nothing that needs the true labels. Service and calibration compute it here, so that
 * limits mean the same in both.
 *
 * @param summary        of the ensemble, or of a single network as an ensemble of one
 * @param logVolumeRatio |ln(voxels of the warped structure / voxels of the moving one)|, 0 keeps the volume
 * @param similarity     mean local NLCC of fixed and warped image over the dilated warped structure, [0, 1]
 */
public record ReliabilityFeatures(StructureSummary summary, double logVolumeRatio, double similarity) {

    /** Names by which predictors weigh the features. */
    public static final List<String> NAMES = List.copyOf(
            new ReliabilityFeatures(new StructureSummary(0, 0, 0, 0, 0, 0, 0), 0, 0).byName().keySet());

    /** @throws IllegalArgumentException if a figure is not finite: a lost structure is refused, not predicted */
    public ReliabilityFeatures {
        named(summary, logVolumeRatio, similarity).forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(name + " must be finite, got " + value
                        + "; a structure without voxels has no features");
            }
        });
    }

    /**
     * @param answer       of an ensemble, or of {@link StructureSummaries#combine} for a single network
     * @param fixed        mapped intensities, [D, H, W]. Not modified.
     * @param moving       likewise, on the same grid. Not modified.
     * @param movingLabels before registration. Not modified.
     * @param inside       true where the voxel belongs to the fixed image, [D, H, W]; null counts all. Not modified.
     * @return features, one a structure from label 1; null for a structure that the labels before or after lack
     * @throws org.regstream.core.volume.ShapeMismatchException if the grids differ
     */
    public static List<ReliabilityFeatures> of(EnsemblePrediction answer, Volume fixed, Volume moving,
            LabelMap movingLabels, boolean[] inside) {
        return of(answer.structures(), fixed, Warp.linear(moving, answer.displacement(), 0), movingLabels,
                answer.labelProbabilities().argMax(), inside);
    }

    /**
     * @param summaries    one a structure, from label 1
     * @param fixed        mapped intensities, [D, H, W]. Not modified.
     * @param warped       the moving image on the fixed one, mapped intensities. Not modified.
     * @param movingLabels before registration. Not modified.
     * @param warpedLabels after registration. Not modified.
     * @param inside       true where the voxel belongs to the fixed image, [D, H, W]; null counts all. Not modified.
     * @return features, one a structure from label 1; null for a structure that either label map lacks
     * @throws org.regstream.core.volume.ShapeMismatchException if the grids differ
     */
    static List<ReliabilityFeatures> of(List<StructureSummary> summaries, Volume fixed, Volume warped,
            LabelMap movingLabels, LabelMap warpedLabels, boolean[] inside) {
        Shapes.requireSameGrid("fixed image and moving labels", fixed.grid(), movingLabels.grid());
        Shapes.requireSameGrid("fixed image and warped labels", fixed.grid(), warpedLabels.grid());
        float[] nlcc = Nlcc.map(fixed, warped, Nlcc.DEFAULT_WINDOW, inside).values();
        int[] before = movingLabels.counts();
        int[] after = warpedLabels.counts();
        List<ReliabilityFeatures> features = new ArrayList<>();
        for (int label = 1; label <= summaries.size(); label++) {
            features.add(before[label] == 0 || after[label] == 0
                    ? null
                    : new ReliabilityFeatures(summaries.get(label - 1),
                            Math.abs(Math.log((double) after[label] / before[label])),
                            around(nlcc, warpedLabels, label, inside)));
        }
        return Collections.unmodifiableList(features);
    }

    /** Mean over the label's voxels and their 26 neighbours; 0 if none of them lies inside. */
    private static double around(float[] nlcc, LabelMap labels, int label, boolean[] inside) {
        boolean[] near = Morphology.dilate(Morphology.mask(labels, label), labels.grid());
        double sum = 0;
        int count = 0;
        for (int x = 0; x < near.length; x++) {
            if (near[x] && (inside == null || inside[x])) {
                sum += nlcc[x];
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    /** The figures by the names of {@link #NAMES}, in that order. */
    public Map<String, Double> byName() {
        return named(summary, logVolumeRatio, similarity);
    }

    private static Map<String, Double> named(StructureSummary s, double logVolumeRatio, double similarity) {
        Map<String, Double> named = new LinkedHashMap<>();
        named.put("entropyInside", s.entropyInside());
        named.put("entropyBorder", s.entropyBorder());
        named.put("agreement", s.agreement());
        named.put("volumeVariation", s.volumeVariation());
        named.put("spreadInside", s.spreadInside());
        named.put("predictiveInside", s.predictiveInside());
        named.put("informationInside", s.informationInside());
        named.put("logVolumeRatio", logVolumeRatio);
        named.put("similarity", similarity);
        return named;
    }
}
