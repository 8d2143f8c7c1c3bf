package org.regstream.service.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Asks {@link AccessRules} for every request, the upgrade of a WebSocket among them; without a name, it is asked for all of them. */
@ApplicationScoped
public class RulePolicy implements HttpSecurityPolicy {

    private final AccessMode mode;

    RulePolicy(AccessMode mode) {
        this.mode = mode;
    }

    @Override
    public Uni<CheckResult> checkPermission(RoutingContext request, Uni<SecurityIdentity> identity,
            AuthorizationRequestContext context) {
        if (mode != AccessMode.IDENTITY) {
            return CheckResult.permit();
        }
        Optional<AccessRule> rule = AccessRules.of(request.request().method().name(), request.normalizedPath());
        if (rule.filter(AccessRule::isOpen).isPresent()) {
            return CheckResult.permit();
        }
        return identity.map(somebody -> isAllowed(rule, somebody) ? CheckResult.PERMIT : CheckResult.DENY);
    }

    private static boolean isAllowed(Optional<AccessRule> rule, SecurityIdentity somebody) {
        return !somebody.isAnonymous() && rule.filter(found -> found.allows(somebody.getRoles())).isPresent();
    }
}
