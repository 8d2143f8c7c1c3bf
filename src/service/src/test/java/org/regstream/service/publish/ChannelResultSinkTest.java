package org.regstream.service.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertPhase;
import org.regstream.core.alert.AlertPriority;
import org.regstream.core.alert.AlertState;
import org.regstream.core.line.EncodedObject;
import org.regstream.core.line.EncodedResult;
import org.regstream.core.line.Labels;
import org.regstream.core.line.Network;
import org.regstream.core.line.Payload;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.testkit.FakeModel;
import org.regstream.service.dicomweb.ResultStore;
import org.regstream.service.line.ResultSink.Sent;
import org.regstream.service.metrics.MicrometerMetrics;
import org.regstream.service.testing.Figures;

/** A broker that is away for a moment, one that will never take an event, and topics made with a smaller limit than objects have. */
class ChannelResultSinkTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final List<Message<byte[]>> labels = new CopyOnWriteArrayList<>();
    private final List<Message<byte[]>> fields = new CopyOnWriteArrayList<>();
    private final List<Message<byte[]>> alerts = new CopyOnWriteArrayList<>();
    private final ResultStore store = new ResultStore(1 << 20, Duration.ofMinutes(1), Clock.systemUTC());
    /** Why a topic does not take a record now. */
    private Function<Message<byte[]>, Optional<RuntimeException>> refusing = record -> Optional.empty();
    private int tries;

    private final ChannelResultSink sink = new ChannelResultSink(
            new EventFactory(FakeModel.manifest(new ModelGrid(4, 4, 4, 1, "LPS")), "run-1",
                    Clock.fixed(Samples.AT, ZoneOffset.UTC)),
            new Delivery(store, 1000, Optional.empty()), new MicrometerMetrics(new SimpleMeterRegistry()),
            topic(labels), topic(new ArrayList<>()), topic(fields), topic(alerts), topic(new ArrayList<>()));

    @Test
    void shouldSendAllOfAResult() {
        Sent sent = sink.publish(result());

        assertThat(sent.all().toCompletableFuture()).succeedsWithin(LIMIT);
        assertThat(labels.get(0).getPayload()).hasSize(700);
        assertThat(fields).extracting(r -> r.getPayload().length).containsExactlyInAnyOrder(900, 100);
        assertThat(fields).extracting(r -> header(r, "ce_type")).containsExactlyInAnyOrder(
                "org.regstream.displacement.student.v1", "org.regstream.pose.v1");
    }

    /** A topic made with the broker's default takes 1 MiB, whatever this service believes. */
    @Test
    void shouldSendTheAddressOfWhatItsTopicFindsTooLarge() {
        refusing = record -> record.getPayload().length > 800
                ? Optional.of(new RecordTooLargeException("900"))
                : Optional.empty();

        Sent sent = sink.publish(result());

        assertThat(sent.all().toCompletableFuture()).succeedsWithin(LIMIT);
        assertThat(labels.get(0).getPayload()).hasSize(700);
        Message<byte[]> field = fields.stream().filter(r -> r.getPayload().length == 0).findFirst().orElseThrow();
        assertThat(header(field, "ce_dataref")).endsWith("/instances/2.25.9");
        assertThat(store.find(all -> all.instance().equals("2.25.9"))).hasSize(1);
    }

    @Test
    void shouldLeaveOutWhatWillNeverBeTakenBesideTheLabels() {
        refusing = record -> header(record, "ce_type").contains("displacement")
                ? Optional.of(new InvalidTopicException("no such topic"))
                : Optional.empty();

        Sent sent = sink.publish(result());

        assertThat(sent.all().toCompletableFuture()).succeedsWithin(LIMIT);
        assertThat(labels).hasSize(1);
        assertThat(fields).extracting(r -> header(r, "ce_type")).containsExactly("org.regstream.pose.v1");
    }

    @Test
    void shouldNotTryAgainWhatWillNeverBeTaken() {
        refusing = record -> Optional.of(new RecordTooLargeException("even the address"));

        CompletionStage<Void> passed = sink.publish(result()).passed();

        assertThat(passed.toCompletableFuture()).failsWithin(LIMIT).withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(RecordTooLargeException.class);
        assertThat(tries).as("with their values, and by address").isEqualTo(6);

        assertThat(sink.publish(alert()).toCompletableFuture()).failsWithin(LIMIT);
        assertThat(tries).isEqualTo(7);
    }

    @Test
    void shouldTryAgainWhatMayPass() {
        refusing = record -> tries <= 2 ? Optional.of(new TimeoutException("away")) : Optional.empty();

        assertThat(sink.publish(alert()).toCompletableFuture()).succeedsWithin(LIMIT);

        assertThat(tries).isEqualTo(3);
        assertThat(alerts).hasSize(1);
    }

    @SuppressWarnings("unchecked")
    private MutinyEmitter<byte[]> topic(List<Message<byte[]>> taken) {
        return (MutinyEmitter<byte[]>) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[]{MutinyEmitter.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("sendMessage");
                    return send((Message<byte[]>) arguments[0], taken);
                });
    }

    private Uni<Void> send(Message<byte[]> record, List<Message<byte[]>> taken) {
        tries++;
        Optional<RuntimeException> refusal = refusing.apply(record);
        if (refusal.isPresent()) {
            return Uni.createFrom().failure(refusal.get());
        }
        taken.add(record);
        return Uni.createFrom().voidItem();
    }

    /** Labels of 700 bytes, a field of 900, a pose of 100. */
    private static Labels result() {
        Labels l = Samples.labels(Network.STUDENT, 7, object("2.25.8", 700), Samples.AT, Duration.ofMillis(12),
                Figures.of(List.of(FakeModel.HEAD), Map.of()));
        Payload shown = l.payload().orElseThrow();
        return new Labels(l.network(), l.procedureId(), l.sequence(), l.live(), l.structures(), l.validUntil(),
                l.lastSliceAt(), l.queued(), Optional.of(new Payload(shown.seen(), new EncodedResult(
                        shown.objects().labels(), List.of(), Optional.of(object("2.25.9", 900)),
                        Optional.of(object("2.25.10", 100))), shown.figures())));
    }

    private static EncodedObject object(String uid, int bytes) {
        return new EncodedObject("2.25.1", "2.25.2", uid, new byte[bytes]);
    }

    private static Alert alert() {
        return new Alert("p1", "abc-1", 1700, 3, AlertCode.STALE, AlertPriority.HIGH, AlertPhase.RAISED,
                AlertState.ACTIVE, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Samples.AT,
                Samples.AT, "Look.");
    }

    private static String header(Message<byte[]> record, String name) {
        return new String(record.getMetadata(OutgoingKafkaRecordMetadata.class).orElseThrow().getHeaders()
                .lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
