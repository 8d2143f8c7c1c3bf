package org.regstream.service.health;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.regstream.service.procedure.ProcedureStore;

/** Dead once the procedures' topic is no longer followed: only a restart helps, and until then changes would be missed. */
@Liveness
@Singleton
public class ProceduresLiveness implements HealthCheck {

    private final ProcedureStore store;

    ProceduresLiveness(ProcedureStore store) {
        this.store = store;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("procedures").status(store.failure().isEmpty());
        store.failure().ifPresent(reason -> response.withData("reason", reason));
        return response.build();
    }
}
