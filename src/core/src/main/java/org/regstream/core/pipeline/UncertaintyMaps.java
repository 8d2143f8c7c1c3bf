package org.regstream.core.pipeline;

import java.util.function.UnaryOperator;
import org.regstream.core.model.EnsemblePrediction;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Resample;

/**
 * What an ensemble says of each live voxel, all on one grid; NaN outside the network's window, where nothing was computed.
 *
 * @param labelEntropy          of the mean label probabilities, nats
 * @param mutualInformation     nats
 * @param displacementSpreadMm  mm
 * @param predictiveUncertainty unit of a probability
 */
public record UncertaintyMaps(Volume labelEntropy, Volume mutualInformation, Volume displacementSpreadMm,
        Volume predictiveUncertainty) {

    /** Trilinear from the window onto the box; the entropy is that of the live grid's own label probabilities. */
    static UncertaintyMaps of(EnsemblePrediction prediction, LiveGridLabels live, double windowSpacingMm) {
        UnaryOperator<Volume> onBox = map -> Resample.linear(map, live.box().part(), Float.NaN);
        return new UncertaintyMaps(live.entropy(), onBox.apply(prediction.mutualInformation()),
                scaled(onBox.apply(prediction.displacementSpread()), windowSpacingMm),
                onBox.apply(prediction.predictiveUncertainty()));
    }

    private static Volume scaled(Volume map, double factor) {
        float[] values = map.values().clone();
        for (int x = 0; x < values.length; x++) {
            values[x] *= (float) factor;
        }
        return Volume.takeOwnershipOf(map.grid(), values);
    }

    /** The same maps, each changed in the same way. */
    public UncertaintyMaps each(UnaryOperator<Volume> change) {
        return new UncertaintyMaps(change.apply(labelEntropy), change.apply(mutualInformation),
                change.apply(displacementSpreadMm), change.apply(predictiveUncertainty));
    }
}
