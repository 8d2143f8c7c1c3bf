package org.regstream.service.access;

import org.regstream.core.ConfigurationException;

/** What an account is known by, hashed. Its text says which kind it is. */
public sealed interface Secret permits HashedPassword, HashedToken {

    /** As it stands in the file; without the secret itself. */
    String text();

    /** @throws ConfigurationException if it is of neither kind */
    static Secret parse(String text) {
        if (text.startsWith(HashedPassword.SCHEME + "$")) {
            return HashedPassword.parse(text);
        }
        if (text.startsWith(HashedToken.SCHEME + "$")) {
            return HashedToken.parse(text);
        }
        throw new ConfigurationException("a secret must begin with " + HashedPassword.SCHEME + "$ or "
                + HashedToken.SCHEME + "$; make it with: regstream user add");
    }
}
