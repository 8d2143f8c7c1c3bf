package org.regstream.gateway;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regstream.gateway.dimse.AssociationLimits;
import org.regstream.gateway.dimse.ListenSettings;
import org.regstream.gateway.dimse.TlsSettings;
import org.regstream.gateway.topic.TopicSettings;

/** Settings of gateways under test: loopback, free ports, short waits. */
final class TestSettings {

    static final String AE = "REGSTREAM";
    static final String HOST = "127.0.0.1";
    static final int OBJECT_BYTES = 1 << 20;
    static final AssociationLimits LIMITS = new AssociationLimits(12, Duration.ofSeconds(30), 65536, OBJECT_BYTES);

    private TestSettings() {}

    static GatewaySettings of(String bootstrapServers, String topic) {
        return of(bootstrapServers, topic, listen(Set.of(), LIMITS, Optional.empty()));
    }

    static GatewaySettings of(String bootstrapServers, String topic, ListenSettings listen) {
        return new GatewaySettings(listen,
                new TopicSettings(bootstrapServers, topic, Duration.ofSeconds(5), OBJECT_BYTES, Map.of()),
                new InetSocketAddress(HOST, 0), Optional.empty(), Duration.ofSeconds(20));
    }

    static ListenSettings listen(Set<String> callingAe, AssociationLimits limits, Optional<TlsSettings> tls) {
        return new ListenSettings(AE, HOST, BrokerProcess.freePort(), callingAe, limits, tls);
    }
}
