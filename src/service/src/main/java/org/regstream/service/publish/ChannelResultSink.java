package org.regstream.service.publish;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.regstream.core.alert.Alert;
import org.regstream.service.line.DisplacementResult;
import org.regstream.service.line.Heartbeat;
import org.regstream.service.line.LabelsResult;
import org.regstream.service.line.MapResult;
import org.regstream.service.line.NoRegistration;
import org.regstream.service.line.ResultSink;
import org.regstream.service.metrics.PipelineMetrics;
import org.regstream.service.metrics.Stage;
import org.regstream.service.wire.CloudEvent;

/**
 * {@code display.labels}, {@code display.uncertainty}, {@code display.displacement}, {@code display.alerts} and
 * {@code display.status}.
 */
@ApplicationScoped
public class ChannelResultSink implements ResultSink {

    private static final Logger LOG = Logger.getLogger(ChannelResultSink.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);

    private final EventFactory events;
    private final Delivery delivery;
    private final PipelineMetrics metrics;
    private final MutinyEmitter<byte[]> labels;
    private final MutinyEmitter<byte[]> uncertainty;
    private final MutinyEmitter<byte[]> displacement;
    private final MutinyEmitter<byte[]> alerts;
    private final MutinyEmitter<byte[]> status;
    private final InTurn labelsInTurn = new InTurn();
    private final InTurn alertsInTurn = new InTurn();

    ChannelResultSink(EventFactory events, Delivery delivery, PipelineMetrics metrics,
            @Channel("labels") MutinyEmitter<byte[]> labels,
            @Channel("uncertainty") MutinyEmitter<byte[]> uncertainty,
            @Channel("displacement") MutinyEmitter<byte[]> displacement,
            @Channel("alerts") MutinyEmitter<byte[]> alerts, @Channel("status") MutinyEmitter<byte[]> status) {
        this.events = events;
        this.delivery = delivery;
        this.metrics = metrics;
        this.labels = labels;
        this.uncertainty = uncertainty;
        this.displacement = displacement;
        this.alerts = alerts;
        this.status = status;
    }

    @Override
    public CompletionStage<Void> publish(LabelsResult result) {
        long start = System.nanoTime();
        CloudEvent event = delivery.deliver(events.labels(result), result.labels());
        return labelsInTurn.send(event.subject(), () -> send(labels, event).invoke(
                () -> metrics.recordStage(Stage.PUBLISH, Duration.ofNanos(System.nanoTime() - start)))
                .subscribeAsCompletionStage());
    }

    @Override
    public CompletionStage<Void> publish(MapResult result) {
        return send(uncertainty, delivery.deliver(events.map(result), result.map().object()))
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Void> publish(DisplacementResult result) {
        return send(displacement, delivery.deliver(events.displacement(result), result.displacement()))
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Void> publish(Alert alert) {
        CloudEvent event = events.alert(alert);
        return alertsInTurn.send(event.subject(), () -> send(alerts, event).subscribeAsCompletionStage());
    }

    @Override
    public CompletionStage<Void> publish(NoRegistration none) {
        CloudEvent event = events.noRegistration(none);
        return labelsInTurn.send(event.subject(), () -> send(labels, event).subscribeAsCompletionStage());
    }

    @Override
    public void publish(Heartbeat beat) {
        once(status, events.heartbeat(beat)).subscribe().with(sent -> {
        }, failure -> metrics.countHeartbeatLost());
    }

    private Uni<Void> send(MutinyEmitter<byte[]> channel, CloudEvent event) {
        return once(channel, event)
                .onFailure().invoke(failure -> onFailure(event, failure))
                .onFailure().retry().withBackOff(FIRST_RETRY, LAST_RETRY).withJitter(0.2).indefinitely();
    }

    private static Uni<Void> once(MutinyEmitter<byte[]> channel, CloudEvent event) {
        OutgoingKafkaRecordMetadata<String> metadata = OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(event.subject()).withHeaders(event.headers()).build();
        return Uni.createFrom().deferred(() -> channel.sendMessage(Message.of(event.data()).addMetadata(metadata)));
    }

    private void onFailure(CloudEvent event, Throwable failure) {
        metrics.countPublishFailure();
        LOG.warnf("%s is not published, trying again: %s", event, failure.getMessage());
    }
}
