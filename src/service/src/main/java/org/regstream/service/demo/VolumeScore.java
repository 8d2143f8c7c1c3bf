package org.regstream.service.demo;

import java.util.List;
import java.util.Optional;

/**
 * How one volume came out.
 *
 * @param number      of the volume, from 1
 * @param totalMillis last slice handed over until labels received
 * @param modelMillis the network alone
 * @param overlap     Dice of each structure before and after; empty if the truth is not known
 */
record VolumeScore(int number, double totalMillis, double modelMillis, Optional<List<Overlap>> overlap) {

    /**
     * Dice of one structure against the truth, in [0, 1].
     *
     * @param structure    its name
     * @param unregistered of the pre-operative labels laid over the live image
     * @param registered   of the labels received
     */
    record Overlap(String structure, double unregistered, double registered) {}

    /** What the service and the broker add to the network's time. */
    double ownMillis() {
        return totalMillis - modelMillis;
    }
}
