package org.regstream.service.access;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Who may call what.
 */
public final class AccessRule {

    private final String method;
    private final String path;
    private final Set<Role> roles;
    private final Pattern pattern;

    /**
     * @param method HTTP method; {@code GET} is also {@code HEAD}
     * @param path   <code>{x}</code> stands for one segment, <code>**</code> at the end for anything
     * @param roles  any one of them will do; empty: nobody is asked who they are
     */
    AccessRule(String method, String path, Set<Role> roles) {
        this.method = method;
        this.path = path;
        this.roles = Set.copyOf(roles);
        this.pattern = Pattern.compile(Arrays.stream(path.split("/", -1)).map(AccessRule::part)
                .collect(Collectors.joining("/")));
    }

    private static String part(String segment) {
        if (segment.equals("**")) {
            return ".*";
        }
        return segment.startsWith("{") ? "[^/]+" : Pattern.quote(segment);
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    Set<Role> roles() {
        return roles;
    }

    /** @param normalised path */
    boolean matches(String called, String normalised) {
        return method.equals(called.equals("HEAD") ? "GET" : called) && pattern.matcher(normalised).matches();
    }

    /** @return whether nobody is asked */
    boolean isOpen() {
        return roles.isEmpty();
    }

    boolean allows(Set<String> words) {
        return roles.stream().map(Role::word).anyMatch(words::contains);
    }
}
