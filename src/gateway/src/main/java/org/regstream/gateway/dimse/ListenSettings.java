package org.regstream.gateway.dimse;

import java.util.Optional;
import java.util.Set;
import org.regstream.core.ConfigurationException;

/**
 * Where the gateway listens, and to whom.
 *
 * @param aeTitle   its own application entity title; peers that call another are rejected
 * @param address   address to bind
 * @param port      TCP port, 1 to 65535
 * @param callingAe titles of the peers that are heard; empty means every one. Copied.
 * @param limits    how much of each
 * @param tls       how connections are protected; empty for plain TCP
 */
public record ListenSettings(String aeTitle, String address, int port, Set<String> callingAe, AssociationLimits limits,
        Optional<TlsSettings> tls) {

    private static final int LONGEST_TITLE = 16;
    private static final int LARGEST_PORT = 65535;

    public ListenSettings {
        if (port < 1 || port > LARGEST_PORT) {
            throw new ConfigurationException("the port must be from 1 to " + LARGEST_PORT + ", got " + port);
        }
        requireTitle(aeTitle);
        callingAe = Set.copyOf(callingAe);
        callingAe.forEach(ListenSettings::requireTitle);
    }

    private static void requireTitle(String title) {
        if (title.isBlank() || title.length() > LONGEST_TITLE || title.indexOf('\\') >= 0) {
            throw new ConfigurationException("an AE title has 1 to " + LONGEST_TITLE
                    + " characters, not all blank, none a backslash; got '" + title + "'");
        }
    }
}
