package org.regstream.service.channel;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.regstream.service.kafka.PublishFailure;

/**
 * Sees to it that a refused frame is done with. It goes to the dead-letter topic as it came; where that finds it too large, with the headers on top
 * or because it came compressed, a letter without payload goes there instead, and says where the frame lies. While the broker is away it is tried again:
 * a refusal that is given up would keep its partition's offset where it is. Thread-safe.
 */
@ApplicationScoped
public class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);

    private final MutinyEmitter<byte[]> letters;

    DeadLetters(@Channel("dead-letters") MutinyEmitter<byte[]> letters) {
        this.letters = letters;
    }

    /** @return the same, whose refusal also completes where the topic does not take it */
    Message<byte[]> completing(Message<byte[]> frame) {
        return frame.withNack(why -> Uni.createFrom().completionStage(() -> frame.nack(why))
                .onFailure(PublishFailure::isTooLarge).recoverWithUni(() -> withoutPayload(frame, why))
                .onFailure(PublishFailure::isOfTheMoment)
                .invoke(failure -> LOG.warnf("the dead-letter topic is not reached, trying again: %s",
                        failure.getMessage()))
                .onFailure(PublishFailure::isOfTheMoment).retry().withBackOff(FIRST_RETRY, LAST_RETRY).withJitter(0.2)
                .indefinitely().subscribeAsCompletionStage());
    }

    private Uni<Void> withoutPayload(Message<byte[]> frame, Throwable why) {
        IncomingKafkaRecordMetadata<?, ?> record = frame.getMetadata(IncomingKafkaRecordMetadata.class).orElseThrow();
        LOG.warnf(
                "the dead-letter topic does not take the %d bytes of %s partition %d offset %d: it gets the reason alone",
                frame.getPayload().length, record.getTopic(), record.getPartition(), record.getOffset());
        Message<byte[]> letter = Message.of(new byte[0]).addMetadata(OutgoingKafkaRecordMetadata.builder()
                .withKey(record.getKey()).withHeaders(headers(record, frame.getPayload().length, why)).build());
        return letters.sendMessage(letter).chain(() -> Uni.createFrom().completionStage(frame::ack));
    }

    /** Named as the connector names them. */
    private static Headers headers(IncomingKafkaRecordMetadata<?, ?> record, int bytes, Throwable why) {
        Headers headers = new RecordHeaders();
        add(headers, "dead-letter-exception-class-name", why.getClass().getName());
        add(headers, "dead-letter-reason", String.valueOf(why.getMessage()));
        add(headers, "dead-letter-topic", record.getTopic());
        add(headers, "dead-letter-partition", String.valueOf(record.getPartition()));
        add(headers, "dead-letter-offset", String.valueOf(record.getOffset()));
        add(headers, "dead-letter-left-out", bytes + " bytes");
        return headers;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
