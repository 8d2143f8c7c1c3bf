package org.regstream.navigation.server;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.regstream.navigation.Content;
import org.regstream.navigation.HeaderVersion;
import org.regstream.navigation.Message;

/**
 * A message to any number of clients. Its content is made and encoded when the first of them is sent it, once for each version
 * of the protocol: without clients it costs nothing, and its maker does not wait. Thread-safe.
 */
final class Outgoing {

    private static final Logger LOG = Logger.getLogger(Outgoing.class);

    private final String type;
    private final String device;
    private final Instant time;
    private final Once<Content> content;
    private final Map<String, String> metadata;
    private final int messageId;
    private final Map<HeaderVersion, Optional<byte[]>> encoded = new EnumMap<>(HeaderVersion.class);

    /** @param content called once, by the first writer */
    Outgoing(String type, String device, Instant time, Supplier<Content> content, Map<String, String> metadata) {
        this(type, device, time, new Once<>(content), metadata, 0);
    }

    private Outgoing(String type, String device, Instant time, Once<Content> content,
            Map<String, String> metadata, int messageId) {
        this.type = type;
        this.device = device;
        this.time = time;
        this.content = content;
        this.metadata = Map.copyOf(metadata);
        this.messageId = messageId;
    }

    /** A message whose content is there. */
    static Outgoing of(String device, Instant time, Content content) {
        return new Outgoing(content.type(), device, time, () -> content, Map.of());
    }

    String type() {
        return type;
    }

    String device() {
        return device;
    }

    Instant time() {
        return time;
    }

    /** @return the same message as the answer to a question */
    Outgoing answering(int questionId) {
        return questionId == messageId ? this : new Outgoing(type, device, time, content, metadata, questionId);
    }

    /**
     * @param maxBytes of the content alone; header and metadata come on top
     * @return header and body, shared, not to be modified; empty if it cannot be sent, which the log tells once
     */
    synchronized Optional<byte[]> bytes(HeaderVersion version, long maxBytes) {
        return encoded.computeIfAbsent(version, v -> encode(v, maxBytes));
    }

    /** A bug in one message must not end the connection. */
    private Optional<byte[]> encode(HeaderVersion version, long maxBytes) {
        try {
            Content made = content.get();
            if (made.size() > maxBytes) {
                LOG.warnf("%s is not sent: it takes %d bytes, at most %d are allowed "
                        + "(regstream.navigation.max-message-bytes)", this, made.size(), maxBytes);
                return Optional.empty();
            }
            return Optional.of(new Message(device, time, made, metadata, messageId).encode(version));
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s is not sent", this);
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return type + " " + device;
    }
}
