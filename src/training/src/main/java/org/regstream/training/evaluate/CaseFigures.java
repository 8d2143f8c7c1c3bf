package org.regstream.training.evaluate;

import java.util.List;
import org.regstream.core.model.Prediction;
import org.regstream.core.quality.Dice;
import org.regstream.core.quality.FieldQuality;
import org.regstream.core.quality.SurfaceDistance;
import org.regstream.core.uncertainty.LabelEntropy;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Warp;
import org.regstream.onnx.GoldenPair;
import org.regstream.training.data.Sample;

/**
 * One registered pair in figures. Padding of the fixed image counts in none. Lists hold one figure a structure, from label 1.
 *
 * @param fixed      name of the fixed image
 * @param moving     name of the moving image
 * @param diceBefore overlap of the labels as they lie, [0, 1]
 * @param dice       overlap after registration, refined where the network has a refiner, [0, 1]
 * @param warpedDice overlap of the labels that the field alone has moved, [0, 1]
 * @param hd95Before mm, as they lie
 * @param hd95       mm, after registration
 * @param warpedHd95 mm, of the labels that the field alone has moved
 * @param nlccBefore window 5, [0, 1], as they lie
 * @param nlcc       after registration
 * @param folding    share of voxels with determinant at or below 0
 * @param sdLogJ     SDlogJ as Learn2Reg publishes it
 * @param entropy    mean label entropy inside each warped structure, nats
 */
public record CaseFigures(String fixed, String moving, List<Double> diceBefore, List<Double> dice,
        List<Double> warpedDice, List<Double> hd95Before, List<Double> hd95, List<Double> warpedHd95, double nlccBefore,
        double nlcc, double folding, double sdLogJ,
        List<Double> entropy) {

    /** Registers the pair and measures. */
    static CaseFigures of(GoldenPair.Network network, Pairing pair, int channels) {
        Sample fixed = pair.fixed();
        LabelProbabilities labels = pair.movingLabels(channels);
        Prediction p = network.predict(fixed.image(), pair.movingImage(), labels);
        LabelMap warped = Padding.cleared(Warp.linear(labels, p.displacement()).argMax(), fixed.inside());
        LabelMap truth = Padding.cleared(fixed.labels(), fixed.inside());
        LabelMap before = Padding.cleared(pair.moving().labels().withGrid(fixed.image().grid()), fixed.inside());
        LabelMap after = Padding.cleared(p.labelProbabilities().argMax(), fixed.inside());
        FieldQuality quality = FieldQuality.of(p.displacement(), fixed.inside());
        return new CaseFigures(fixed.name(), pair.moving().name(), dice(truth, before, channels),
                dice(truth, after, channels), dice(truth, warped, channels), hd95(truth, before, channels),
                hd95(truth, after, channels), hd95(truth, warped, channels),
                pair.nlcc(), pair.nlcc(p.warped()), quality.foldingFraction(),
                quality.sdLogJacobian(), entropy(p.labelProbabilities(), after, channels));
    }

    public double meanDiceBefore() {
        return Structures.mean(diceBefore);
    }

    public double meanDice() {
        return Structures.mean(dice);
    }

    public double meanWarpedDice() {
        return Structures.mean(warpedDice);
    }

    public double meanWarpedHd95() {
        return Structures.mean(warpedHd95);
    }

    public double meanHd95Before() {
        return Structures.mean(hd95Before);
    }

    public double meanHd95() {
        return Structures.mean(hd95);
    }

    private static List<Double> dice(LabelMap a, LabelMap b, int channels) {
        double[] all = Dice.perLabel(a, b, channels);
        return Structures.each(channels, label -> all[label]);
    }

    private static List<Double> hd95(LabelMap a, LabelMap b, int channels) {
        return Structures.each(channels, label -> SurfaceDistance.between(a, b, label).hd95Mm());
    }

    private static List<Double> entropy(LabelProbabilities p, LabelMap labels, int channels) {
        Volume entropy = LabelEntropy.of(p);
        return Structures.each(channels, label -> LabelEntropy.meanInside(entropy, labels, label));
    }
}
