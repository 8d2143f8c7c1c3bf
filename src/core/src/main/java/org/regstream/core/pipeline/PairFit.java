package org.regstream.core.pipeline;

import java.time.Duration;
import org.regstream.core.model.Look;
import org.regstream.core.volume.DisplacementField;

/** Fits a field to one pair of images. Safe for use from any thread. */
public interface PairFit {

    /**
     * @param in     the pair. Not modified.
     * @param look   what the networks say of it
     * @param start  where to start from, voxels of the window. Not modified.
     * @param budget about how long it may take, positive
     * @return on the window; {@code start} itself where nothing improves it
     */
    DisplacementField fit(NetworkInput in, Look look, DisplacementField start, Duration budget);
}
