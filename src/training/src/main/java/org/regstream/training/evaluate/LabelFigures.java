package org.regstream.training.evaluate;

import java.util.List;
import java.util.stream.IntStream;
import org.regstream.core.quality.Dice;
import org.regstream.core.quality.SurfaceDistance;
import org.regstream.core.volume.LabelMap;

/**
 * How labels agree with the true ones. Lists hold one figure a structure, from label 1; a structure that only one side has is
 * infinitely far away, one that neither side has is NaN and left out of means.
 *
 * @param dice overlap, [0, 1]
 * @param asd  average surface distance, mm
 * @param hd95 95th percentile of the surface distance, mm
 */
public record LabelFigures(List<Double> dice, List<Double> asd, List<Double> hd95) {

    public LabelFigures {
        dice = List.copyOf(dice);
        asd = List.copyOf(asd);
        hd95 = List.copyOf(hd95);
    }

    /** @param inside   true where a voxel counts, [D, H, W]. Not modified.
     *  @param channels background included */
    public static LabelFigures of(LabelMap truth, LabelMap labels, boolean[] inside, int channels) {
        LabelMap a = Padding.cleared(truth, inside);
        LabelMap b = Padding.cleared(labels, inside);
        double[] dice = Dice.perLabel(a, b, channels);
        List<SurfaceDistance> distances = IntStream.range(1, channels)
                .mapToObj(label -> SurfaceDistance.between(a, b, label)).toList();
        return new LabelFigures(Structures.each(channels, label -> dice[label]),
                distances.stream().map(SurfaceDistance::averageMm).toList(),
                distances.stream().map(SurfaceDistance::hd95Mm).toList());
    }

    public double meanDice() {
        return Structures.mean(dice);
    }

    public double meanHd95() {
        return Structures.mean(hd95);
    }
}
