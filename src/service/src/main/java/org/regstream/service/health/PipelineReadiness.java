package org.regstream.service.health;

import java.time.Duration;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.regstream.core.model.RegistrationModel;
import org.regstream.service.config.RegstreamSettings;
import org.regstream.service.line.Custody;
import org.regstream.service.procedure.ProcedureDesk;

/** Ready while results keep up with frames. Model and procedures are there: without them the service does not start. */
@Readiness
@Singleton
public class PipelineReadiness implements HealthCheck {

    private final RegistrationModel model;
    private final ProcedureDesk desk;
    private final Custody custody;
    private final Duration budget;

    PipelineReadiness(RegistrationModel model, ProcedureDesk desk, Custody custody, RegstreamSettings settings) {
        this.model = model;
        this.desk = desk;
        this.custody = custody;
        this.budget = settings.freshness().frameBudget();
    }

    @Override
    public HealthCheckResponse call() {
        Duration oldest = custody.oldest().orElse(Duration.ZERO);
        return HealthCheckResponse.named("pipeline").status(oldest.compareTo(budget) <= 0)
                .withData("model", model.manifest().id()).withData("modelDigest", model.manifest().digest())
                .withData("provider", model.provider()).withData("procedures", desk.procedures().size())
                .withData("framesHeld", custody.frames()).withData("oldestFrameMillis", oldest.toMillis())
                .withData("frameBudgetMillis", budget.toMillis()).build();
    }
}
