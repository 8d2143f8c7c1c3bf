package org.regstream.service;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import org.apache.kafka.clients.ClientDnsLookup;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.common.KafkaException;
import org.regstream.core.ConfigurationException;

/** Tells a broker that is not there at once, where Kafka's own client would ask again and again until its time is up. */
final class BrokerAddresses {

    private static final int CONNECT_MILLIS = 2000;

    private BrokerAddresses() {}

    /**
     * @param bootstrap HOST:PORT, several separated by commas
     * @throws ConfigurationException if no host is known by its name, or if nothing listens at any of the addresses; one that does
     *                                not answer may yet come
     */
    static void requireListener(String bootstrap) {
        for (InetSocketAddress address : addresses(bootstrap)) {
            try (Socket socket = new Socket()) {
                socket.connect(address, CONNECT_MILLIS);
                return;
            } catch (ConnectException e) {
                // the next may listen
            } catch (IOException e) {
                return;
            }
        }
        throw new ConfigurationException("no Kafka broker listens at " + bootstrap
                + "; start one, or name another with --bootstrap or kafka.bootstrap.servers");
    }

    private static List<InetSocketAddress> addresses(String bootstrap) {
        try {
            return ClientUtils.parseAndValidateAddresses(List.of(bootstrap.split("\\s*,\\s*")),
                    ClientDnsLookup.USE_ALL_DNS_IPS);
        } catch (KafkaException e) {
            throw new ConfigurationException(
                    "kafka.bootstrap.servers must be HOST:PORT of known hosts, got " + bootstrap
                            + ": " + e.getMessage(),
                    e);
        }
    }
}
