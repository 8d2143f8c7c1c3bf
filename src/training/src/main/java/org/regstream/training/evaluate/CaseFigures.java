package org.regstream.training.evaluate;

import java.util.List;
import org.regstream.core.model.Prediction;
import org.regstream.core.quality.FieldQuality;
import org.regstream.core.uncertainty.LabelEntropy;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Warp;
import org.regstream.onnx.GoldenPair;
import org.regstream.training.data.Sample;

/**
 * One registered pair in figures. Padding of the fixed image counts in none.
 *
 * @param fixed      name of the fixed image
 * @param moving     name of the moving image
 * @param before     labels as they lie
 * @param registered labels after registration, refined where the network has a refiner
 * @param warped     labels that the field alone has moved
 * @param nlccBefore window 5, [0, 1], as they lie
 * @param nlcc       after registration
 * @param folding    share of voxels with determinant at or below 0
 * @param sdLogJ     SDlogJ as Learn2Reg publishes it
 * @param entropy    mean label entropy inside each warped structure, from label 1, nats
 */
public record CaseFigures(String fixed, String moving, LabelFigures before, LabelFigures registered,
        LabelFigures warped, double nlccBefore, double nlcc, double folding, double sdLogJ, List<Double> entropy) {

    /** Registers the pair and measures. */
    static CaseFigures of(GoldenPair.Network network, Pairing pair, int channels) {
        Sample fixed = pair.fixed();
        LabelProbabilities labels = pair.movingLabels(channels);
        Prediction p = network.predict(fixed.image(), pair.movingImage(), labels);
        LabelMap after = p.labelProbabilities().argMax();
        Volume entropy = LabelEntropy.of(p.labelProbabilities());
        LabelMap counted = Padding.cleared(after, fixed.inside());
        FieldQuality quality = FieldQuality.of(p.displacement(), fixed.inside());
        return new CaseFigures(fixed.name(), pair.moving().name(),
                figures(fixed, pair.moving().labels().withGrid(fixed.image().grid()), channels),
                figures(fixed, after, channels),
                figures(fixed, Warp.linear(labels, p.displacement()).argMax(), channels), pair.nlcc(),
                pair.nlcc(p.warped()), quality.foldingFraction(), quality.sdLogJacobian(),
                Structures.each(channels, label -> LabelEntropy.meanInside(entropy, counted, label)));
    }

    private static LabelFigures figures(Sample fixed, LabelMap labels, int channels) {
        return LabelFigures.of(fixed.labels(), labels, fixed.inside(), channels);
    }
}
