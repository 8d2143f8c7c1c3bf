package org.regstream.service.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import io.smallrye.reactive.messaging.memory.InMemorySink;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regstream.service.testing.InMemoryChannels;

@QuarkusTest
@TestProfile(InMemoryChannels.class)
class DeadLettersTest {

    private static final IllegalArgumentException WHY = new IllegalArgumentException("no DICOM");

    @Inject
    DeadLetters deadLetters;

    @Inject
    @Connector("smallrye-in-memory")
    InMemoryConnector connector;

    private final AtomicInteger acknowledged = new AtomicInteger();
    private InMemorySink<byte[]> letters;

    @BeforeEach
    void clear() {
        letters = connector.sink("dead-letters");
        letters.clear();
    }

    @Test
    void shouldSendTheReasonAloneWhereTheTopicFindsAFrameTooLarge() throws Exception {
        Message<byte[]> frame = frame(new RecordTooLargeException("2 MB"));

        deadLetters.completing(frame).nack(WHY).toCompletableFuture().get(5, TimeUnit.SECONDS);

        assertThat(acknowledged).as("so that its offset moves on").hasValue(1);
        Message<byte[]> letter = letters.received().get(0);
        assertThat(letter.getPayload()).isEmpty();
        assertThat(header(letter, "dead-letter-topic")).isEqualTo("dicom.frames");
        assertThat(header(letter, "dead-letter-partition")).isEqualTo("3");
        assertThat(header(letter, "dead-letter-offset")).isEqualTo("42");
        assertThat(header(letter, "dead-letter-reason")).isEqualTo("no DICOM");
        assertThat(header(letter, "dead-letter-left-out")).isEqualTo("9 bytes");
    }

    @Test
    void shouldLeaveToTheConnectorWhatTheTopicTakes() throws Exception {
        deadLetters.completing(frame(null)).nack(WHY).toCompletableFuture().get(5, TimeUnit.SECONDS);

        assertThat(letters.received()).isEmpty();
        assertThat(acknowledged).as("which acknowledges by itself").hasValue(0);
    }

    /** Given up, its offset would stay, and with it all that comes after it. */
    @Test
    void shouldTryAgainWhileTheBrokerIsAway() {
        AtomicInteger tries = new AtomicInteger();
        Message<byte[]> frame = frame(null);
        Message<byte[]> late = frame.withNack(why -> tries.incrementAndGet() <= 2
                ? CompletableFuture.failedStage(new TimeoutException("away"))
                : frame.nack(why));

        assertThat(deadLetters.completing(late).nack(WHY).toCompletableFuture()).succeedsWithin(10, TimeUnit.SECONDS);

        assertThat(tries).hasValue(3);
        assertThat(letters.received()).isEmpty();
    }

    /** It comes again after the next start. */
    @Test
    void shouldNotPassOverWhatFailsForAnotherReason() {
        Message<byte[]> frame = frame(new TopicAuthorizationException("no right"));

        assertThat(deadLetters.completing(frame).nack(WHY).toCompletableFuture()).failsWithin(5, TimeUnit.SECONDS);

        assertThat(letters.received()).isEmpty();
        assertThat(acknowledged).hasValue(0);
    }

    /** @param failure what comes of its refusal; null: nothing */
    private Message<byte[]> frame(RuntimeException failure) {
        byte[] value = new byte[9];
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>("dicom.frames", 3, 42, 0,
                TimestampType.CREATE_TIME,
                0, value.length, "series", value, new RecordHeaders(), Optional.empty());
        return Message.of(value, Metadata.of(new IncomingKafkaRecordMetadata<>(record, "frames")), () -> {
            acknowledged.incrementAndGet();
            return CompletableFuture.completedStage(null);
        }, why -> failure == null ? CompletableFuture.completedStage(null) : CompletableFuture.failedStage(failure));
    }

    private static String header(Message<byte[]> letter, String name) {
        return new String(letter.getMetadata(OutgoingKafkaRecordMetadata.class).orElseThrow().getHeaders()
                .lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
