package org.regstream.service.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.regstream.navigation.server.CloseReason;
import org.regstream.navigation.server.NavigationMetrics;

/** Prefix {@code regstream.navigation}. */
public final class MicrometerNavigationMetrics implements NavigationMetrics {

    private final MeterRegistry registry;
    private final Counter sent;
    private final Counter dropped;
    private final Counter refused;

    public MicrometerNavigationMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.sent = registry.counter("regstream.navigation.messages.sent");
        this.dropped = registry.counter("regstream.navigation.messages.dropped");
        this.refused = registry.counter("regstream.navigation.connections.refused");
    }

    @Override
    public void countSent() {
        sent.increment();
    }

    @Override
    public void countDropped(int messages) {
        dropped.increment(messages);
    }

    @Override
    public void countClosed(CloseReason reason) {
        registry.counter("regstream.navigation.connections.closed", "reason", reason.tag()).increment();
    }

    @Override
    public void countRefused() {
        refused.increment();
    }
}
