package org.regstream.service.access;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Who may call what.
 *
 * @param method HTTP method; {@code GET} is also {@code HEAD}
 * @param path   <code>{x}</code> stands for one segment, <code>**</code> at the end for anything
 * @param roles  any one of them will do; empty: nobody is asked who they are
 */
public record AccessRule(String method, String path, Set<Role> roles) {

    public AccessRule {
        roles = Set.copyOf(roles);
    }

    /** @param path normalised */
    boolean matches(String called, String normalised) {
        return method.equals(called.equals("HEAD") ? "GET" : called) && pattern().matcher(normalised).matches();
    }

    /** @return whether nobody is asked */
    boolean isOpen() {
        return roles.isEmpty();
    }

    boolean allows(Set<String> words) {
        return roles.stream().map(Role::word).anyMatch(words::contains);
    }

    private Pattern pattern() {
        return Pattern.compile(Arrays.stream(path.split("/", -1)).map(AccessRule::part)
                .collect(Collectors.joining("/")));
    }

    private static String part(String segment) {
        if (segment.equals("**")) {
            return ".*";
        }
        return segment.startsWith("{") ? "[^/]+" : Pattern.quote(segment);
    }
}
