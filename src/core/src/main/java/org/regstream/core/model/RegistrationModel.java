package org.regstream.core.model;

import org.regstream.core.volume.Volume;

/**
 * The only port the networks need: images in, a {@link Look} out. A student has one member, an ensemble several; nothing else
 * tells them apart. Implementations may be called from any thread; calls are serialised inside, apart from those of other
 * models.
 */
public interface RegistrationModel extends AutoCloseable {

    ModelManifest manifest();

    /** The execution provider really in use: {@code cpu} or {@code cuda}. */
    String provider();

    /** How many predictions a look holds, at least 1. */
    int members();

    /**
     * @param fixed  mapped intensities on the window, [D, H, W], 0 in padding. Not modified.
     * @param moving likewise, on the same grid
     * @return new arrays on the same grid
     * @throws org.regstream.core.volume.ShapeMismatchException if a grid is not the manifest's shape or the grids differ
     * @throws org.regstream.core.ModelException if the network fails
     */
    Look look(Volume fixed, Volume moving);

    @Override
    void close();
}
