package org.regstream.core.model;

import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

/**
 * The only port the networks need. Implementations may be called from any thread; calls are serialised inside.
 */
public interface RegistrationModel extends AutoCloseable {

    ModelManifest manifest();

    /** The execution provider really in use: {@code cpu} or {@code cuda}. */
    String provider();

    /**
     * @param fixed        mapped intensities on the window, [D, H, W], 0 in padding. Not modified.
     * @param moving       likewise, on the same grid
     * @param movingLabels one-hot labels of {@code moving}, [C, D, H, W], on the same grid
     * @return new arrays on the same grid
     * @throws org.regstream.core.volume.ShapeMismatchException if a grid is not the manifest's shape or the grids differ
     * @throws org.regstream.core.ModelException if the network fails
     */
    Prediction predict(Volume fixed, Volume moving, LabelProbabilities movingLabels);

    @Override
    void close();
}
