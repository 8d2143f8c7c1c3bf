package org.regstream.service.publish;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.regstream.core.alert.Alert;
import org.regstream.core.line.EncodedObject;
import org.regstream.core.line.Heartbeat;
import org.regstream.core.line.Labels;
import org.regstream.core.line.NoRegistration;
import org.regstream.core.line.Result;
import org.regstream.service.kafka.PublishFailure;
import org.regstream.service.line.PipelineMetrics;
import org.regstream.service.line.ResultSink;
import org.regstream.service.line.Stage;

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
    public Sent publish(Result result) {
        if (result instanceof Labels labels) {
            return publish(labels);
        }
        return Sent.of(send(labels, events.noRegistration((NoRegistration) result)).subscribeAsCompletionStage());
    }

    private Sent publish(Labels result) {
        long start = System.nanoTime();
        CompletionStage<Void> passed = send(labels, events.labels(result), result.objects().labels()).invoke(
                () -> metrics.recordStage(Stage.PUBLISH, Duration.ofNanos(System.nanoTime() - start)))
                .subscribeAsCompletionStage();
        List<CompletionStage<Void>> parts = new ArrayList<>(List.of(passed));
        result.objects().displacement().ifPresent(field -> parts.add(
                beside(displacement, events.displacement(result, field), field)));
        result.objects().pose().ifPresent(pose -> parts.add(
                beside(displacement, events.pose(result, pose), pose)));
        result.objects().maps().forEach(map -> parts.add(
                beside(uncertainty, events.map(result, map), map.object())));
        return new Sent(passed, CompletableFuture.allOf(
                parts.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture<?>[]::new)));
    }

    /** The labels are as good without what the broker will never take. */
    private CompletionStage<Void> beside(MutinyEmitter<byte[]> channel, CloudEvent event, EncodedObject object) {
        return send(channel, event, object).onFailure().invoke(
                failure -> LOG.errorf("%s is left out: %s", event, failure.getMessage()))
                .onFailure().recoverWithNull().subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Void> publish(Alert alert) {
        return send(alerts, events.alert(alert)).subscribeAsCompletionStage();
    }

    @Override
    public void publish(Heartbeat beat) {
        once(status, events.heartbeat(beat)).subscribe().with(sent -> {
        }, failure -> metrics.countHeartbeatLost());
    }

    /** What the topic finds too large goes by its address. */
    private Uni<Void> send(MutinyEmitter<byte[]> channel, CloudEvent event, EncodedObject object) {
        return send(channel, delivery.deliver(event, object)).onFailure(PublishFailure::isTooLarge)
                .recoverWithUni(() -> send(channel, delivery.byReference(event, object)));
    }

    private Uni<Void> send(MutinyEmitter<byte[]> channel, CloudEvent event) {
        return once(channel, event)
                .onFailure().invoke(failure -> onFailure(event, failure))
                .onFailure(failure -> !PublishFailure.isPermanent(failure)).retry()
                .withBackOff(FIRST_RETRY, LAST_RETRY).withJitter(0.2).indefinitely();
    }

    private static Uni<Void> once(MutinyEmitter<byte[]> channel, CloudEvent event) {
        OutgoingKafkaRecordMetadata<String> metadata = OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(event.subject()).withHeaders(event.headers()).build();
        return Uni.createFrom().deferred(() -> channel.sendMessage(Message.of(event.data()).addMetadata(metadata)));
    }

    private void onFailure(CloudEvent event, Throwable failure) {
        metrics.countPublishFailure();
        LOG.warnf(PublishFailure.isPermanent(failure)
                ? "%s will never be taken by the broker: %s"
                : "%s is not published, trying again: %s", event, failure.getMessage());
    }
}
