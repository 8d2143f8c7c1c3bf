package org.regstream.demo;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.regstream.core.volume.LabelMap;

/**
 * One live volume on its way to the service.
 *
 * @param number            counts from 1
 * @param seriesInstanceUid of its instances: the key of their records
 * @param instances         Part 10 bytes in the order in which a scanner would send them. Not to be modified
 * @param instanceUids      their SOP Instance UIDs: what a segmentation of this volume refers to
 * @param truth             the labels as they really are, on the live grid; empty if nobody knows
 */
record LiveVolume(int number, String seriesInstanceUid, List<byte[]> instances, Set<String> instanceUids,
        Optional<LabelMap> truth) {

    LiveVolume {
        instances = List.copyOf(instances);
        instanceUids = Set.copyOf(instanceUids);
    }

    @Override
    public String toString() {
        return "LiveVolume " + number + " of " + instances.size() + " instances";
    }
}
