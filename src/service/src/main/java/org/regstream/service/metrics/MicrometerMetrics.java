package org.regstream.service.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.regstream.service.line.PipelineMetrics;
import org.regstream.service.line.Stage;

/** Prefix {@code regstream}, base unit seconds, a histogram each for the stages and for the age of results and assessments. */
public final class MicrometerMetrics implements PipelineMetrics {

    private final MeterRegistry registry;
    private final Map<Stage, Timer> stages = new EnumMap<>(Stage.class);
    private final Timer age;
    private final Timer assessmentAge;

    public MicrometerMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Stage stage : Stage.values()) {
            stages.put(stage, histogram("regstream.stage").tag("stage", stage.tag()).register(registry));
        }
        age = histogram("regstream.result.age").register(registry);
        assessmentAge = histogram("regstream.assessment.age").register(registry);
    }

    private static Timer.Builder histogram(String name) {
        return Timer.builder(name).publishPercentileHistogram().minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(30));
    }

    @Override
    public void recordStage(Stage stage, Duration duration) {
        stages.get(stage).record(duration);
    }

    @Override
    public void recordAge(Duration duration) {
        age.record(duration);
    }

    @Override
    public void recordAssessmentAge(Duration duration) {
        assessmentAge.record(duration);
    }

    @Override
    public void countAssessmentSuperseded() {
        registry.counter("regstream.assessments.superseded").increment();
    }

    @Override
    public void countAssessmentFailure() {
        registry.counter("regstream.assessments.failed").increment();
    }

    @Override
    public void countPublished() {
        registry.counter("regstream.volumes.published").increment();
    }

    @Override
    public void countSuperseded() {
        registry.counter("regstream.volumes.superseded").increment();
    }

    @Override
    public void countDeadLettered(String reason) {
        registry.counter("regstream.frames.deadlettered", "reason", reason).increment();
    }

    @Override
    public void countRefused(String rule) {
        registry.counter("regstream.volumes.refused", "rule", rule).increment();
    }

    @Override
    public void countReceiptUnused() {
        registry.counter("regstream.receipts.unused").increment();
    }

    @Override
    public void countSetAside(String topic) {
        registry.counter("regstream.records.setaside", "topic", topic).increment();
    }

    @Override
    public void countHeartbeatLost() {
        registry.counter("regstream.heartbeats.lost").increment();
    }

    @Override
    public void countPublishFailure() {
        registry.counter("regstream.publish.failures").increment();
    }
}
