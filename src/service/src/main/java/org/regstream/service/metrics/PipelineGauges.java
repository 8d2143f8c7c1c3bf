package org.regstream.service.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.regstream.core.model.RegistrationModel;
import org.regstream.service.line.Custody;
import org.regstream.service.procedure.ProcedureDesk;

/** What can be read at any moment. */
@Singleton
public class PipelineGauges {

    private final RegistrationModel model;
    private final ProcedureDesk desk;
    private final Custody custody;

    PipelineGauges(RegistrationModel model, ProcedureDesk desk, Custody custody) {
        this.model = model;
        this.desk = desk;
        this.custody = custody;
    }

    /** Registers them; once, when model and procedures are there. */
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("regstream.provider", () -> 1).tag("provider", model.provider())
                .tag("model", model.manifest().id()).register(registry);
        Gauge.builder("regstream.procedures", () -> desk.procedures().size()).register(registry);
        Gauge.builder("regstream.alerts.open", this::openAlerts).register(registry);
        Gauge.builder("regstream.frames.held", custody::frames).register(registry);
        Gauge.builder("regstream.frames.held.size", custody::heldBytes).baseUnit("bytes").register(registry);
        Gauge.builder("regstream.frames.oldest", this::oldestSeconds).baseUnit("seconds").register(registry);
    }

    private int openAlerts() {
        return desk.lines().stream().mapToInt(line -> line.openAlerts().size()).sum();
    }

    private double oldestSeconds() {
        return custody.oldest().orElse(Duration.ZERO).toMillis() / 1e3;
    }
}
