package org.regstream.gateway.topic;

import java.time.Duration;
import java.util.Map;
import org.regstream.core.ConfigurationException;

/**
 * Where the instances go.
 *
 * @param bootstrapServers first brokers to ask, host:port, comma separated
 * @param topic            name of the frames topic
 * @param deliveryTimeout  longest wait for the broker's acknowledgement; from 1 s to 60 s, less than a sender's own wait
 * @param largestObject    most bytes of one record's value
 * @param extra            further settings of the Kafka clients, such as those of TLS; not those that this class sets. Copied.
 */
public record TopicSettings(String bootstrapServers, String topic, Duration deliveryTimeout, int largestObject,
        Map<String, String> extra) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    public TopicSettings {
        if (deliveryTimeout.compareTo(SHORTEST) < 0 || deliveryTimeout.compareTo(LONGEST) > 0) {
            throw new ConfigurationException("the delivery time-out must be from " + SHORTEST.toSeconds() + " s to "
                    + LONGEST.toSeconds() + " s, got " + deliveryTimeout.toSeconds() + " s");
        }
        if (topic.isBlank() || bootstrapServers.isBlank()) {
            throw new ConfigurationException(
                    "the broker and the topic must be named, got '" + bootstrapServers + "' and '"
                            + topic + "'; see --bootstrap and --topic");
        }
        extra = Map.copyOf(extra);
    }
}
