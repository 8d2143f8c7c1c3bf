package org.regstream.service.access;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regstream.core.ConfigurationException;

/** The users' file under somebody's hands; each change is written at once. */
public final class UserList {

    private final Path file;
    private final Map<String, Account> accounts;

    private UserList(Path file, Map<String, Account> accounts) {
        this.file = file;
        this.accounts = accounts;
    }

    /** @throws ConfigurationException if it cannot be read, or if a line is wrong */
    public static UserList read(Path file) {
        return new UserList(file, UsersFile.read(file));
    }

    /** Likewise, but one that is not there yet has nobody in it. */
    public static UserList readOrNew(Path file) {
        return Files.notExists(file) ? new UserList(file, new LinkedHashMap<>()) : read(file);
    }

    /** @throws ConfigurationException if the name or the password cannot be taken */
    public void addPerson(String name, Set<Role> roles, Optional<Instant> until, char[] password) {
        put(new Account(name, roles, HashedPassword.of(password), until));
    }

    /** @return the token, which is kept nowhere */
    public String addMachine(String name, Set<Role> roles, Optional<Instant> until) {
        String token = HashedToken.draw();
        put(new Account(name, roles, HashedToken.of(token), until));
        return token;
    }

    /** @throws ConfigurationException if nobody has this name */
    public void remove(String name) {
        if (accounts.remove(name) == null) {
            throw new ConfigurationException("nobody is called " + name + " in " + file);
        }
        UsersFile.write(file, accounts.values());
    }

    /** Who there is, without secrets. */
    public List<String> lines() {
        return accounts.values().stream().map(account -> account.name() + "  " + account.words() + "  "
                + (account.secret() instanceof HashedToken ? "token" : "password")
                + account.until().map(end -> "  until " + end).orElse("")).toList();
    }

    private void put(Account account) {
        accounts.put(account.name(), account);
        UsersFile.write(file, accounts.values());
    }
}
