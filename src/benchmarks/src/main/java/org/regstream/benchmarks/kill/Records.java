package org.regstream.benchmarks.kill;

import java.util.ArrayList;
import java.util.List;

/**
 * All that was read of the topics. Those of one procedure stand in the order of their partition.
 *
 * @param published results
 * @param alerts    alerts
 * @param refused   frames on the dead-letter topic, by the volume they are of
 */
record Records(List<Published> published, List<AlertSeen> alerts, List<Refused> refused) {

    /** A frame on the dead-letter topic. @param number of its volume in its series @param reason as its header says */
    record Refused(String series, int number, String reason) {}

    /** To be filled. */
    Records() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
}
