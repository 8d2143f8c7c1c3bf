package org.regstream.service.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Whether somebody who came in may still be here: what is open for long asks before it shows anything. */
@Singleton
public class Admission {

    private final Accounts accounts;

    Admission(Accounts accounts) {
        this.accounts = accounts;
    }

    /** @return whether it holds when asked: an account as long as it is in the file as it was. The end of other identities is the framework's. */
    public BooleanSupplier of(SecurityIdentity somebody) {
        Optional<Account> account = Optional.ofNullable(somebody.getAttribute(AccountMechanism.ACCOUNT));
        return () -> account.map(accounts::holds).orElse(true);
    }

    /** @return the name of somebody who was asked for it; empty where nobody is */
    public static Optional<String> name(SecurityIdentity somebody) {
        return somebody.isAnonymous() ? Optional.empty() : Optional.of(somebody.getPrincipal().getName());
    }
}
