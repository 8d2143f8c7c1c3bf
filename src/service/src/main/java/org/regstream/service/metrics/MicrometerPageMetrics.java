package org.regstream.service.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.regstream.service.page.PageMetrics;

/** {@code regstream_page_*}. */
public final class MicrometerPageMetrics implements PageMetrics {

    private final Counter sent;
    private final Counter dropped;
    private final Counter refused;

    public MicrometerPageMetrics(MeterRegistry registry) {
        this.sent = Counter.builder("regstream.page.messages.sent").register(registry);
        this.dropped = Counter.builder("regstream.page.messages.dropped").register(registry);
        this.refused = Counter.builder("regstream.page.connections.refused").register(registry);
    }

    @Override
    public void countSent() {
        sent.increment();
    }

    @Override
    public void countDropped() {
        dropped.increment();
    }

    @Override
    public void countRefused() {
        refused.increment();
    }
}
