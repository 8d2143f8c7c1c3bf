package org.regstream.service.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Duration;
import java.time.Instant;
import org.regstream.core.alert.AlertPriority;
import org.regstream.core.line.Heartbeat;

/**
 * A heartbeat on the topic, JSON; schema version 1. One a second a procedure: a reader that has had none for two seconds shows that the
 * connection is lost.
 *
 * @param schema      version of this layout
 * @param procedureId of the operation
 * @param epoch       of whoever counts; a larger one is later, a smaller one than before is to be ignored
 * @param sequence    counts the heartbeats of an epoch from 1, without gaps
 * @param at          when it was made, ISO 8601 in UTC
 * @param newestResult the newest result; left out if there is none
 * @param queue       what waits
 * @param provider    where the network runs
 * @param alerts      those that are not over
 * @param modelId     names the model package in use
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"schema", "procedureId", "epoch", "sequence", "at", "newestResult", "queue", "provider", "alerts",
        "modelId"})
public record HeartbeatEvent(int schema, String procedureId, long epoch, long sequence, String at, Newest newestResult,
        Queue queue, String provider, OpenCount alerts, String modelId) {

    public static final int SCHEMA = 1;

    /** @param acquired   when its volume was acquired
     *  @param ageSeconds how old it is by the service's clock, 0 or more */
    @JsonPropertyOrder({"acquired", "ageSeconds"})
    public record Newest(String acquired, double ageSeconds) {}

    /** @param frames  of unfinished volumes
     *  @param volumes whole, to be registered */
    @JsonPropertyOrder({"frames", "volumes"})
    public record Queue(int frames, int volumes) {}

    /** @param open  how many are not over
     *  @param worst the most urgent priority of those whose condition holds; left out if there is none */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({"open", "worst"})
    public record OpenCount(int open, String worst) {}

    public static HeartbeatEvent of(Heartbeat b, String modelId) {
        return new HeartbeatEvent(SCHEMA, b.procedureId(), b.epoch(), b.sequence(), b.at().toString(),
                b.newestResult().map(acquired -> newest(acquired, b.at())).orElse(null),
                new Queue(b.queue().frames(), b.queue().volumes()), b.provider(),
                new OpenCount(b.alerts(), b.worst().map(AlertPriority::name).orElse(null)), modelId);
    }

    private static Newest newest(Instant acquired, Instant now) {
        Duration age = Duration.between(acquired, now);
        return new Newest(acquired.toString(), Math.max(0, age.getSeconds() + age.getNano() / 1e9));
    }

    /** @return UTF-8 */
    public byte[] toJson() {
        return Json.write(this);
    }
}
