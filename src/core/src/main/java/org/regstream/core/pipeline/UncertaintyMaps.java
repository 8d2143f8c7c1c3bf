package org.regstream.core.pipeline;

import java.util.function.UnaryOperator;
import org.regstream.core.volume.Volume;

/**
 * What is known of each live voxel's reliability, all on one grid; NaN outside the network's window, where nothing was computed.
 *
 * @param labelEntropy         of the calibrated soft labels, nats
 * @param expectedErrorMm      calibrated expected length of the displacement's error, mm
 * @param displacementSpreadMm how far the members disagree about the place, mm; 0 for a single network
 */
public record UncertaintyMaps(Volume labelEntropy, Volume expectedErrorMm, Volume displacementSpreadMm) {

    /** The same maps, each changed in the same way. */
    public UncertaintyMaps each(UnaryOperator<Volume> change) {
        return new UncertaintyMaps(change.apply(labelEntropy), change.apply(expectedErrorMm),
                change.apply(displacementSpreadMm));
    }
}
