package org.regstream.service.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.regstream.core.ConfigurationException;
import org.regstream.core.Sha256;

/**
 * A machine's token. It is 256 random bits, which nobody guesses: one round of SHA-256 is enough, and no caller waits for it.
 *
 * @param hash Base64, 32 bytes
 */
record HashedToken(String hash) implements Secret {

    static final String SCHEME = "sha256";
    /** Tells a token of ours from one of an OpenID provider, and scanners for leaked secrets what it is. */
    static final String PREFIX = "rst_";

    private static final int BYTES = 32;

    /** @return a new one, to be told once */
    static String draw() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    static HashedToken of(String token) {
        return new HashedToken(Base64.getEncoder().encodeToString(
                Sha256.digest().digest(token.getBytes(StandardCharsets.UTF_8))));
    }

    static HashedToken parse(String text) {
        String hash = text.substring(SCHEME.length() + 1);
        try {
            if (Base64.getDecoder().decode(hash).length == BYTES) {
                return new HashedToken(hash);
            }
        } catch (IllegalArgumentException e) {
            // told below, without the text
        }
        throw new ConfigurationException(
                "a token must stand as " + SCHEME + "$HASH; make it with: regstream user add --token");
    }

    @Override
    public String text() {
        return SCHEME + "$" + hash;
    }

    @Override
    public String toString() {
        return SCHEME;
    }
}
