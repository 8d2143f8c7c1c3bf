package org.regstream.navigation.server;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The newest parcel of each key: what a new client is sent and what GET_… is answered from. Thread-safe. */
final class Shelf {

    private final Map<String, Parcel> parcels = new LinkedHashMap<>();

    synchronized void put(Parcel parcel) {
        parcels.put(parcel.key(), parcel);
    }

    synchronized void remove(Predicate<String> keys) {
        parcels.keySet().removeIf(keys);
    }

    synchronized List<Parcel> parcels() {
        return List.copyOf(parcels.values());
    }

    /** @param device a name, or empty for any
     *  @return the newest message of a type, empty if there is none */
    synchronized Optional<Outgoing> newest(String type, String device) {
        return messages().filter(m -> m.type().equals(type))
                .filter(m -> device.isEmpty() || m.device().equals(device))
                .max(Comparator.comparing(Outgoing::time));
    }

    /** Whether there is a message of the type from the device, or from any if it is empty. */
    boolean has(String type, String device) {
        return newest(type, device).isPresent();
    }

    private Stream<Outgoing> messages() {
        return parcels.values().stream().flatMap(p -> p.messages().stream());
    }
}
