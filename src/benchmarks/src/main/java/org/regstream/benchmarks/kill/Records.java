package org.regstream.benchmarks.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Writes them down, a line each, for whoever looks for the reason of a finding. */
    void write(Path folder) throws IOException {
        Files.write(folder.resolve("results.txt"), published.stream().map(Object::toString).toList());
        Files.write(folder.resolve("alerts.txt"), alerts.stream().map(Object::toString).toList());
    }

    /** To be filled. */
    Records() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
}
