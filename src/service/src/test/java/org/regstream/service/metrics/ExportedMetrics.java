package org.regstream.service.metrics;

import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.time.Duration;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.memory.Purse;
import org.regstream.core.pipeline.Placement;
import org.regstream.service.line.Custody;
import org.regstream.service.line.HeldBytes;
import org.regstream.service.line.PipelineMetrics;
import org.regstream.service.line.Stage;
import org.regstream.service.procedure.ProcedureDesk;
import org.regstream.service.testing.HandledModel;

/** All metrics of the service, as Prometheus gets them. */
public final class ExportedMetrics {

    private ExportedMetrics() {}

    /** @return what a scrape answers after everything has happened once */
    @SuppressWarnings("deprecation") // the registry that Quarkus has
    public static String scrape() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        PipelineMetrics metrics = new MicrometerMetrics(registry);
        for (Stage stage : Stage.values()) {
            metrics.recordStage(stage, Duration.ofMillis(1));
        }
        metrics.recordAge(Duration.ofMillis(1));
        metrics.recordAssessmentAge(Duration.ofMillis(1));
        metrics.countAssessmentSuperseded();
        metrics.countAssessmentFailure();
        metrics.countPublished();
        metrics.countSuperseded();
        metrics.countDeadLettered("any");
        metrics.countRefused("any");
        metrics.countPublishFailure();
        metrics.countReceiptUnused();
        metrics.countSetAside("x");
        metrics.countHeartbeatLost();
        new PipelineGauges(new HandledModel(), new ProcedureDesk(null, 1, Purse.unbounded()),
                new Custody(new HeldBytes(1 << 20), () -> Duration.ZERO)).bindTo(registry);
        Grid window = new Grid(2, 2, 2, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1));
        new PoseGauges(registry).show("p1", new Placement(window, window));
        return registry.scrape();
    }
}
