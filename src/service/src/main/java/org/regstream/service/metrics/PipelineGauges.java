package org.regstream.service.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertPriority;
import org.regstream.core.model.RegistrationModel;
import org.regstream.service.line.Custody;
import org.regstream.service.line.ProcedureLine;
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
        for (AlertPriority priority : AlertPriority.values()) {
            Gauge.builder("regstream.alerts.open", () -> told(a -> a.priority() == priority))
                    .tag("priority", priority.name().toLowerCase(Locale.ROOT)).register(registry);
        }
        Gauge.builder("regstream.alerts.acknowledged", () -> told(a -> a.acknowledgement().isPresent()))
                .register(registry);
        Gauge.builder("regstream.alerts.capped", this::capped).register(registry);
        Gauge.builder("regstream.frames.held", custody::frames).register(registry);
        Gauge.builder("regstream.frames.held.size", custody::heldBytes).baseUnit("bytes").register(registry);
        Gauge.builder("regstream.frames.oldest", this::oldestSeconds).baseUnit("seconds").register(registry);
    }

    private long told(Predicate<Alert> which) {
        return desk.lines().stream().flatMap(line -> line.toldAlerts().stream()).filter(which).count();
    }

    private long capped() {
        return desk.lines().stream().mapToLong(ProcedureLine::cappedAlerts).sum();
    }

    private double oldestSeconds() {
        return custody.oldest().orElse(Duration.ZERO).toMillis() / 1e3;
    }
}
