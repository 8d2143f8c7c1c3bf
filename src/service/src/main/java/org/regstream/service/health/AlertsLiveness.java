package org.regstream.service.health;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.regstream.service.alert.ReceiptsReader;
import org.regstream.service.line.AlertStates;

/**
 * Dead once the state of alerts or the displays' receipts are no longer followed: two instances might tell of one procedure, and a
 * display that stops would not be missed.
 */
@Liveness
@Singleton
public class AlertsLiveness implements HealthCheck {

    private final AlertStates states;
    private final ReceiptsReader receipts;

    AlertsLiveness(AlertStates states, ReceiptsReader receipts) {
        this.states = states;
        this.receipts = receipts;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> failure = states.failure().or(receipts.failure());
        HealthCheckResponseBuilder response = HealthCheckResponse.named("alerts").status(failure.isEmpty());
        failure.ifPresent(reason -> response.withData("reason", reason));
        return response.build();
    }
}
