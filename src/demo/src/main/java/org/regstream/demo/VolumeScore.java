package org.regstream.demo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regstream.core.line.Network;

/**
 * How one volume came out of one of the networks.
 *
 * @param number        of the volume, from 1
 * @param source        the network
 * @param totalMillis   last slice handed over until labels received
 * @param queueMillis   waiting for the network, which was busy with another volume
 * @param modelMillis   the network alone
 * @param fieldMillis   fitting and choosing the field
 * @param overlap       Dice of each structure before and after; empty if the truth is not known
 * @param predictedDice structure to the Dice that the service told to expect; empty if it told none
 */
record VolumeScore(int number, Network source, double totalMillis, double queueMillis, double modelMillis,
        double fieldMillis, Optional<List<Overlap>> overlap, Map<String, Double> predictedDice) {

    /**
     * Dice of one structure against the truth, in [0, 1].
     *
     * @param structure    its name
     * @param unregistered of the pre-operative labels laid over the live image
     * @param registered   of the labels received
     */
    record Overlap(String structure, double unregistered, double registered) {}

    boolean isStudents() {
        return source == Network.STUDENT;
    }

    /** What the service and the broker add to the registration's time and the wait for it. */
    double ownMillis() {
        return totalMillis - queueMillis - modelMillis - fieldMillis;
    }
}
