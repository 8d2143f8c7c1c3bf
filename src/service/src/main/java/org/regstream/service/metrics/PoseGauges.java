package org.regstream.service.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.regstream.core.alert.Alert;
import org.regstream.core.line.Heartbeat;
import org.regstream.core.line.Labels;
import org.regstream.core.line.Network;
import org.regstream.core.line.Result;
import org.regstream.core.pipeline.Placement;
import org.regstream.service.line.ResultListener;

/**
 * How the patient of each procedure lies by its newest result, before registration: turned by {@code regstream.pose.rotation}
 * degrees, and the middle of the network's window moved by {@code regstream.pose.shift} mm, as in the figures of
 * {@code display.labels}. A procedure has them as long as its results come from here. Thread-safe.
 */
@Singleton
public final class PoseGauges implements ResultListener {

    private final MultiGauge rotation;
    private final MultiGauge shift;
    /** By procedure. */
    private final Map<String, Placement> placements = new TreeMap<>();

    PoseGauges(MeterRegistry registry) {
        rotation = MultiGauge.builder("regstream.pose.rotation").baseUnit("degrees").register(registry);
        shift = MultiGauge.builder("regstream.pose.shift").baseUnit("mm").register(registry);
    }

    /** An ensemble looks later at the same volume, which may not be the newest then. */
    @Override
    public void onResult(Result result) {
        if (result instanceof Labels labels && labels.network() == Network.STUDENT) {
            show(labels.procedureId(), labels.placement());
        }
    }

    synchronized void show(String procedureId, Placement placement) {
        placements.put(procedureId, placement);
        show();
    }

    @Override
    public synchronized void onEnd(String procedureId) {
        placements.remove(procedureId);
        show();
    }

    private void show() {
        show(rotation, placement -> placement.pose().angleDegrees());
        show(shift, placement -> placement.translation().norm());
    }

    private void show(MultiGauge gauge, ToDoubleFunction<Placement> figure) {
        gauge.register(placements.entrySet().stream()
                .<Row<?>>map(e -> Row.of(Tags.of("procedure", e.getKey()), figure.applyAsDouble(e.getValue())))
                .toList(), true);
    }

    @Override
    public void onAlert(Alert alert) {}

    @Override
    public void onHeartbeat(Heartbeat beat) {}

    @Override
    public void onClockSetBack(String procedureId, Duration step) {}
}
