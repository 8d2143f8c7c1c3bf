package org.regstream.demo;

import java.time.Instant;
import org.regstream.core.geometry.Grid;

/** What the scanner sees. Called by one thread at a time. */
interface LiveSource {

    /** @return the study of all its volumes */
    String studyInstanceUid();

    /** @return the grid of all its volumes */
    Grid grid();

    /**
     * @param number     counts from 1; the same number gives the same pixels
     * @param acquiredAt what its instances tell as acquisition time
     */
    LiveVolume volume(int number, Instant acquiredAt);
}
