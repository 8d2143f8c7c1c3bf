package org.regstream.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of instances that were sent.
 *
 * @param registered volume id to the number of its instances: labels of that volume have been published
 * @param setAside   reason to the number of instances on the dead-letter topic because of it
 * @param settled    done with, and no labels name them
 * @param waiting    not done with when the time was over
 * @param said       what the service told of volumes without labels meanwhile, each once; perhaps of others' instances
 */
record Fates(Map<String, Integer> registered, Map<String, Integer> setAside, int settled, int waiting,
        List<String> said) {

    Fates {
        registered = new TreeMap<>(registered);
        setAside = new TreeMap<>(setAside);
        said = List.copyOf(said);
    }

    /** Whether every instance went where it should: into labels, now or before. */
    boolean isWell() {
        return setAside.isEmpty() && waiting == 0 && said.isEmpty();
    }

    /** For whoever sent them, one line a fate. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        registered.forEach((volume, count) -> lines.add(count + " registered: labels of volume " + volume));
        setAside.forEach((reason, count) -> lines.add(count + " set aside on the dead-letter topic: " + reason));
        if (settled > 0 && said.isEmpty()) {
            lines.add(settled + " repeats: the service had them before and made nothing new of them "
                    + "(--fresh-uids sends them as new ones)");
        } else if (settled > 0) {
            lines.add(settled + " done with, without labels; meanwhile the service said:");
        }
        said.forEach(sentence -> lines.add("    " + sentence));
        if (waiting > 0) {
            lines.add(waiting + " still wait: the service is busy, waits for the rest of a volume, or does not run");
        }
        return lines;
    }
}
