package org.regstream.navigation.server;

import java.time.Duration;
import java.util.Optional;
import org.regstream.core.ConfigurationException;

/**
 * How the server listens and what it bears.
 *
 * @param host             address to bind to; the protocol knows no authentication: anybody who reaches it sees the images
 * @param port             0 to 65535, 0 for any that is free
 * @param maxClients       at a time, 1 to 256; a further one is told so and closed
 * @param maxReceivedBytes of one body, 0 or more; a larger one closes its connection
 * @param maxMessageBytes  of one message sent, at least 1 MiB; a larger one is left out, aloud
 * @param readTimeout      from the first byte of a message to its last, positive
 * @param writeTimeout     longest stretch in which a client takes nothing of what is sent to it, positive
 * @param heartbeat        from one STATUS to the next, positive
 * @param procedure        the only one to be shown; empty for all
 */
public record NavigationSettings(String host, int port, int maxClients, long maxReceivedBytes, long maxMessageBytes,
        Duration readTimeout, Duration writeTimeout, Duration heartbeat, Optional<String> procedure) {

    private static final int MOST_CLIENTS = 256;
    private static final long SMALLEST_MESSAGE = 1 << 20;

    public NavigationSettings {
        require("port", port, port >= 0 && port <= 0xffff, "0 to 65535");
        require("max-clients", maxClients, maxClients >= 1 && maxClients <= MOST_CLIENTS, "1 to " + MOST_CLIENTS);
        require("max-received-bytes", maxReceivedBytes, maxReceivedBytes >= 0, "0 or more");
        require("max-message-bytes", maxMessageBytes, maxMessageBytes >= SMALLEST_MESSAGE, "1M or more");
        requirePositive("read-timeout", readTimeout);
        requirePositive("write-timeout", writeTimeout);
        requirePositive("heartbeat", heartbeat);
    }

    private static void requirePositive(String name, Duration value) {
        require(name, value, !value.isNegative() && value.toMillis() > 0, "at least 1 ms");
    }

    private static void require(String name, Object value, boolean isRight, String rule) {
        if (!isRight) {
            throw new ConfigurationException("regstream.navigation." + name + " must be " + rule + ", got " + value);
        }
    }
}
