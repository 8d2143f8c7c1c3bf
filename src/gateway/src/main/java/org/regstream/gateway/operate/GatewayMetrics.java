package org.regstream.gateway.operate;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.regstream.gateway.refuse.Refusal;

/** Counts what the gateway does, in the Prometheus text format. No label names a peer or a patient. Safe for many threads. */
public final class GatewayMetrics {

    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder stored = new LongAdder();
    private final LongAdder storedBytes = new LongAdder();
    private final LongAdder storeNanos = new LongAdder();
    private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);

    public GatewayMetrics() {
        for (Refusal refusal : Refusal.values()) {
            refused.put(refusal, new LongAdder());
        }
    }

    public void countAccepted() {
        accepted.increment();
        open.incrementAndGet();
    }

    public void countClosed() {
        open.decrementAndGet();
    }

    public void countRejected() {
        rejected.increment();
    }

    /** A connection that ended before there was an association: a broken TLS handshake, garbage, silence. */
    public void countFailed() {
        failed.increment();
    }

    /**
     * @param bytes size of the record
     * @param took  from the first byte of the data set to the broker's acknowledgement
     */
    public void countStored(int bytes, Duration took) {
        stored.increment();
        storedBytes.add(bytes);
        storeNanos.add(took.toNanos());
    }

    public void countRefused(Refusal refusal) {
        refused.get(refusal).increment();
    }

    /** @return the metrics, one line each, with their help */
    public String toPrometheus(boolean brokerReachable) {
        StringBuilder out = new StringBuilder();
        gauge(out, "broker_reachable", "Whether the frames topic can be written (1) or not (0)",
                brokerReachable ? 1 : 0);
        gauge(out, "associations_open", "Associations open now", open.get());
        header(out, "associations_total", "counter", "Associations by outcome");
        line(out, "associations_total{outcome=\"accepted\"}", accepted.sum());
        line(out, "associations_total{outcome=\"rejected\"}", rejected.sum());
        line(out, "associations_total{outcome=\"failed\"}", failed.sum());
        header(out, "refused_total", "counter", "Instances not taken, by reason");
        refused.forEach((why, n) -> line(out, "refused_total{reason=\"" + why.label() + "\"}", n.sum()));
        header(out, "stored_bytes_total", "counter", "Bytes on the topic");
        line(out, "stored_bytes_total", storedBytes.sum());
        header(out, "store_seconds", "summary", "From the first byte to the broker's acknowledgement");
        line(out, "store_seconds_sum", storeNanos.sum() / 1e9);
        line(out, "store_seconds_count", stored.sum());
        return out.toString();
    }

    private static void gauge(StringBuilder out, String name, String help, int value) {
        header(out, name, "gauge", help);
        line(out, name, value);
    }

    private static void header(StringBuilder out, String name, String type, String help) {
        out.append("# HELP regstream_gateway_").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE regstream_gateway_").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder out, String series, Number value) {
        out.append("regstream_gateway_").append(series).append(' ').append(value).append('\n');
    }
}
