package org.regstream.service.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rule of every endpoint. What has none is refused to everybody; a test compares the table with the endpoints of the running application. */
public final class AccessRules {

    private static final Set<Role> ANY = EnumSet.allOf(Role.class);
    private static final Set<Role> VIEW = Set.of(Role.VIEW);

    /** The first that matches counts. */
    private static final List<AccessRule> ALL = List.of(
            // The page: files, and the feed, whose upgrade is a GET.
            new AccessRule("GET", "/", VIEW),
            new AccessRule("GET", "/index.html", VIEW),
            new AccessRule("GET", "/page/feed/{procedure}", VIEW),
            new AccessRule("GET", "/page/**", VIEW),
            new AccessRule("GET", "/procedures", VIEW),
            new AccessRule("POST", "/procedures", Set.of(Role.OPERATE)),
            new AccessRule("GET", "/procedures/{id}", VIEW),
            new AccessRule("DELETE", "/procedures/{id}", Set.of(Role.OPERATE)),
            new AccessRule("GET", "/procedures/{procedure}/alerts", VIEW),
            new AccessRule("POST", "/procedures/{procedure}/alerts/{alertId}/acknowledge", Set.of(Role.ACKNOWLEDGE)),
            new AccessRule("POST", "/dicomweb/studies", Set.of(Role.INGEST)),
            new AccessRule("POST", "/dicomweb/studies/{study}", Set.of(Role.INGEST)),
            new AccessRule("GET", "/dicomweb/**", VIEW),
            // What an orchestrator asks, which carries no secret: no patient, no image, no setting in the answers.
            new AccessRule("GET", "/q/health/live", Set.of()),
            new AccessRule("GET", "/q/health/ready", Set.of()),
            new AccessRule("GET", "/q/health/started", Set.of()),
            new AccessRule("GET", "/q/health", Set.of(Role.ADMIN)),
            new AccessRule("GET", "/q/health/**", Set.of(Role.ADMIN)),
            new AccessRule("GET", "/q/metrics", Set.of(Role.ADMIN)),
            new AccessRule("GET", "/q/metrics/**", Set.of(Role.ADMIN)),
            // What the service looks like, which stands in its repository too.
            new AccessRule("GET", "/q/openapi", ANY),
            new AccessRule("GET", "/q/openapi.json", ANY),
            new AccessRule("GET", "/q/openapi.yaml", ANY),
            new AccessRule("GET", "/q/openapi.yml", ANY),
            new AccessRule("GET", "/asyncapi.yaml", ANY),
            new AccessRule("GET", "/schemas/**", ANY));

    private AccessRules() {}

    public static List<AccessRule> all() {
        return ALL;
    }

    /** @param path normalised; one slash at its end does not count */
    public static Optional<AccessRule> of(String method, String path) {
        String plain = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return ALL.stream().filter(rule -> rule.matches(method, plain)).findFirst();
    }
}
