package org.regstream.service.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regstream.service.testing.InMemoryChannels;

/** A service that asks everybody who they are: one token for each role, and a person who has two. */
public class GuardedService extends InMemoryChannels {

    static final String PERSON = "anna";
    static final String PASSWORD = "correct horse battery";
    static final Path USERS = Path.of("target", "access-test-users.txt").toAbsolutePath();

    static String token(Role role) {
        return "rst_test-" + role.word();
    }

    static UserList write() {
        try {
            Files.deleteIfExists(USERS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        UsersFile.write(USERS, Arrays.stream(Role.values()).map(role -> new Account(role.word(), Set.of(role),
                HashedToken.of(token(role)), Optional.empty())).toList());
        UserList list = UserList.read(USERS);
        list.addPerson(PERSON, Set.of(Role.VIEW, Role.ACKNOWLEDGE), Optional.empty(), PASSWORD.toCharArray());
        return list;
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        write();
        Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
        settings.put("regstream.access.users", USERS.toString());
        settings.put("regstream.access.hosts", "display.example");
        return settings;
    }
}
