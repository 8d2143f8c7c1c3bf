package org.regstream.service.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Channels without a broker. */
public class InMemoryChannels implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.ofEntries(
                Map.entry("mp.messaging.incoming.frames.connector", "smallrye-in-memory"),
                Map.entry("mp.messaging.outgoing.dead-letters.connector", "smallrye-in-memory"),
                Map.entry("mp.messaging.outgoing.labels.connector", "smallrye-in-memory"),
                Map.entry("mp.messaging.outgoing.uncertainty.connector", "smallrye-in-memory"),
                Map.entry("mp.messaging.outgoing.displacement.connector", "smallrye-in-memory"),
                Map.entry("mp.messaging.outgoing.alerts.connector", "smallrye-in-memory"),
                Map.entry("mp.messaging.outgoing.status.connector", "smallrye-in-memory"),
                Map.entry("regstream.assembly.idle-timeout", "300ms"),
                Map.entry("regstream.dicomweb.request-timeout", "6s"),
                Map.entry("quarkus.http.read-timeout", "5s"),
                Map.entry("regstream.memory.uploads", "1"),
                Map.entry("quarkus.http.test-port", "0"));
    }
}
