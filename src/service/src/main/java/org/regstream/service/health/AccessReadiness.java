package org.regstream.service.health;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.regstream.service.access.AccessMode;

/** Always up: tells whether anybody is asked who they are. */
@Readiness
@Singleton
public class AccessReadiness implements HealthCheck {

    private final AccessMode mode;

    AccessReadiness(AccessMode mode) {
        this.mode = mode;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("access").up().withData("mode", mode.name())
                .withData("means", mode.sentence()).build();
    }
}
