package org.regstream.service.page;

import java.time.Duration;
import org.regstream.core.ConfigurationException;

/**
 * How pages are served.
 *
 * @param maxClients   pages at a time, 0 to 256
 * @param heartbeat    from one sign of life to the next; a page counts the connection as lost after 1.5 s without any
 * @param writeTimeout longest stretch in which a connection takes nothing
 */
public record PageSettings(int maxClients, Duration heartbeat, Duration writeTimeout) {

    private static final Duration LONGEST_HEARTBEAT = Duration.ofMillis(700);

    public PageSettings {
        if (maxClients < 0 || maxClients > 256) {
            throw new ConfigurationException("regstream.page.max-clients must lie in 0 to 256, got " + maxClients);
        }
        if (heartbeat.toMillis() < 1 || heartbeat.compareTo(LONGEST_HEARTBEAT) > 0) {
            throw new ConfigurationException("regstream.page.heartbeat must lie in 1 ms to 700 ms, got " + heartbeat
                    + "; pages count the connection as lost after 1.5 s of silence");
        }
        if (writeTimeout.toMillis() < 1) {
            throw new ConfigurationException("regstream.page.write-timeout must be 1 ms or more, got " + writeTimeout);
        }
    }
}
