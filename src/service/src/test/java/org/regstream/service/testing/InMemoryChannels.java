package org.regstream.service.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Channels without a broker. */
public class InMemoryChannels implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("mp.messaging.incoming.frames.connector", "smallrye-in-memory",
                "mp.messaging.outgoing.labels.connector", "smallrye-in-memory",
                "mp.messaging.outgoing.uncertainty.connector", "smallrye-in-memory",
                "mp.messaging.outgoing.displacement.connector", "smallrye-in-memory",
                "mp.messaging.outgoing.alerts.connector", "smallrye-in-memory",
                "mp.messaging.outgoing.status.connector", "smallrye-in-memory",
                "regstream.assembly.idle-timeout", "300ms",
                "regstream.dicomweb.request-timeout", "6s",
                "quarkus.http.read-timeout", "5s",
                "quarkus.http.test-port", "0");
    }
}
