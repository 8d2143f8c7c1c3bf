package org.regstream.navigation.server;

import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What waits for one client: at most {@code capacity} parcels a lane, the newest of each key. Offering never waits.
 * Thread-safe.
 */
final class Outbox {

    private final int capacity;
    private final Map<Parcel.Lane, LinkedHashMap<String, Parcel>> lanes = new EnumMap<>(Parcel.Lane.class);
    private boolean closed;

    /** @param capacity parcels a lane, 1 or more */
    Outbox(int capacity) {
        this.capacity = capacity;
        for (Parcel.Lane lane : Parcel.Lane.values()) {
            lanes.put(lane, new LinkedHashMap<>());
        }
    }

    /**
     * Puts a parcel in: in the place of a waiting one of its key, else last; one of its key in another lane goes, and the longest
     * waiting one gives way where the lane is full.
     *
     * @return messages that will not be sent because of it
     */
    synchronized int offer(Parcel parcel) {
        if (closed) {
            return 0;
        }
        LinkedHashMap<String, Parcel> lane = lanes.get(parcel.lane());
        Parcel elsewhere = removeFromOthers(parcel);
        Parcel replaced = lane.put(parcel.key(), parcel);
        if (replaced == null && lane.size() > capacity) {
            replaced = first(lane);
        }
        notifyAll();
        return size(elsewhere) + size(replaced);
    }

    private Parcel removeFromOthers(Parcel parcel) {
        Parcel removed = null;
        for (Parcel.Lane other : Parcel.Lane.values()) {
            if (other != parcel.lane() && lanes.get(other).containsKey(parcel.key())) {
                removed = lanes.get(other).remove(parcel.key());
            }
        }
        return removed;
    }

    private static int size(Parcel parcel) {
        return parcel == null ? 0 : parcel.messages().size();
    }

    /** Waits for a parcel and takes it; the urgent ones first.
     *  @return empty when the box is closed and empty */
    synchronized Optional<Parcel> take() throws InterruptedException {
        while (true) {
            for (Parcel.Lane lane : Parcel.Lane.values()) {
                if (!lanes.get(lane).isEmpty()) {
                    return Optional.of(first(lanes.get(lane)));
                }
            }
            if (closed) {
                return Optional.empty();
            }
            wait();
        }
    }

    /** @return a parcel that goes before those of a lane, taken; empty if none waits */
    synchronized Optional<Parcel> poll(Parcel.Lane behind) {
        for (Parcel.Lane lane : Parcel.Lane.values()) {
            if (lane.compareTo(behind) < 0 && !lanes.get(lane).isEmpty()) {
                return Optional.of(first(lanes.get(lane)));
            }
        }
        return Optional.empty();
    }

    /** @return parcels that wait */
    synchronized int size() {
        return lanes.values().stream().mapToInt(Map::size).sum();
    }

    /** Throws away what waits and takes nothing any more after this one. */
    synchronized void closeAfter(Parcel last) {
        lanes.values().forEach(Map::clear);
        offer(last);
        closed = true;
    }

    /** Throws away what waits and takes nothing any more. */
    synchronized void close() {
        lanes.values().forEach(Map::clear);
        closed = true;
        notifyAll();
    }

    private static Parcel first(LinkedHashMap<String, Parcel> lane) {
        Iterator<Parcel> parcels = lane.values().iterator();
        Parcel first = parcels.next();
        parcels.remove();
        return first;
    }
}
