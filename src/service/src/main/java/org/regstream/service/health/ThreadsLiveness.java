package org.regstream.service.health;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.regstream.service.line.ThreadRoots;

/** Dead once an Error has reached the root of a thread: its work may be half done, and only a restart helps. */
@Liveness
@Singleton
public class ThreadsLiveness implements HealthCheck {

    private final ThreadRoots roots;

    ThreadsLiveness(ThreadRoots roots) {
        this.roots = roots;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> failure = roots.failure();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("threads").status(failure.isEmpty());
        failure.ifPresent(reason -> response.withData("reason", reason));
        return response.build();
    }
}
