package org.regstream.gateway.dimse;

import java.nio.file.Files;
import java.nio.file.Path;
import org.regstream.core.ConfigurationException;

/**
 * TLS by the BCP 195 profile of PS3.15 B.12.
 *
 * @param keyStore     PKCS #12 file with the gateway's key and certificate
 * @param keyStorePin  its password
 * @param trustStore   PKCS #12 file with the certificates that peers' certificates lead to; needed with mutual authentication
 * @param trustPin     its password
 * @param mutual       whether a peer without a trusted certificate is refused
 */
public record TlsSettings(Path keyStore, String keyStorePin, Path trustStore, String trustPin, boolean mutual) {

    public TlsSettings {
        requireFile("--tls-key-store", keyStore);
        if (mutual || trustStore != null) {
            requireFile("--tls-trust-store", trustStore);
        }
    }

    /** The passwords stay out of logs. */
    @Override
    public String toString() {
        return "TlsSettings[" + keyStore + ", " + trustStore + ", mutual=" + mutual + "]";
    }

    private static void requireFile(String option, Path file) {
        if (file == null || !Files.isReadable(file)) {
            throw new ConfigurationException(option + " must name a readable PKCS #12 file, got " + file);
        }
    }
}
