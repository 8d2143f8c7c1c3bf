package org.regstream.service.access;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.regstream.core.ConfigurationException;

/**
 * A person or a machine that may come in; one line of the users' file, {@code NAME:ROLE,ROLE:SECRET} and by option {@code :UNTIL}.
 *
 * @param name   1 to 64 of letters, digits and {@code . _ @ -}; whoever takes note of an alert is named so
 * @param roles  one or more
 * @param secret what it is known by
 * @param until  from when on it is not valid any more, whole seconds; empty: without end
 */
public record Account(String name, Set<Role> roles, Secret secret, Optional<Instant> until) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
    private static final int PARTS = 4;

    public Account {
        if (!NAME.matcher(name).matches()) {
            throw new ConfigurationException("a name takes 1 to 64 of letters, digits and . _ @ -");
        }
        if (roles.isEmpty()) {
            throw new ConfigurationException(name + " has no role; without one it may do nothing");
        }
        roles = Set.copyOf(roles);
        until = until.map(end -> end.truncatedTo(ChronoUnit.SECONDS));
    }

    /** @throws ConfigurationException if it is no such line; the message holds no secret */
    static Account parse(String line) {
        String[] parts = line.split(":", PARTS);
        if (parts.length < PARTS - 1) {
            throw new ConfigurationException("expected NAME:ROLE,ROLE:SECRET or NAME:ROLE,ROLE:SECRET:UNTIL, got "
                    + parts.length + " of these");
        }
        Set<Role> roles = Arrays.stream(parts[1].split(",")).map(Role::of).collect(Collectors.toSet());
        return new Account(parts[0], roles, Secret.parse(parts[2]),
                parts.length < PARTS ? Optional.empty() : Optional.of(instant(parts[PARTS - 1])));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new ConfigurationException("the end must be a time such as 2027-01-31T00:00:00Z, got " + text, e);
        }
    }

    boolean isValidAt(Instant now) {
        return until.map(now::isBefore).orElse(true);
    }

    /** Its line. */
    String text() {
        return name + ":" + words() + ":" + secret.text() + until.map(end -> ":" + end).orElse("");
    }

    /** Roles, by commas. */
    String words() {
        return new TreeSet<>(roles).stream().map(Role::word).collect(Collectors.joining(","));
    }
}
