package org.regstream.service.procedure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.regstream.core.RegstreamException;
import org.regstream.service.line.PipelineMetrics;

/**
 * Records of topics that could not be used: counted, logged, and told until a later record of the same key can be. Of so many keys at most, the oldest
 * forgotten first. Says nothing of what is in them. Thread-safe.
 */
public final class SetAsideRecords {

    private static final Logger LOG = Logger.getLogger(SetAsideRecords.class);
    static final int MOST_TOLD = 32;
    private static final int MAX_REASON = 300;
    private static final int MAX_CAUSES = 16;

    /**
     * Where one lies.
     *
     * @param key    as it was given where it can be a procedure's id; else how long it is
     * @param reason for the operator
     */
    public record SetAside(String topic, int partition, long offset, String key, String reason) {

        @Override
        public String toString() {
            return topic + " partition " + partition + " offset " + offset + " key " + key + ": " + reason;
        }
    }

    private record Place(String topic, String key) {}

    private final PipelineMetrics metrics;
    private final Map<Place, SetAside> told = new LinkedHashMap<>();

    public SetAsideRecords(PipelineMetrics metrics) {
        this.metrics = metrics;
    }

    /** @param why a message of our own says it to the operator; of any other only its kind is told: it may repeat what it read */
    void add(ConsumerRecord<String, byte[]> record, Throwable why) {
        SetAside aside = new SetAside(record.topic(), record.partition(), record.offset(), shown(record.key()),
                reason(why));
        metrics.countSetAside(record.topic());
        boolean isNew;
        synchronized (told) {
            Place place = new Place(aside.topic, aside.key);
            isNew = told.remove(place) == null;
            told.put(place, aside);
            if (told.size() > MOST_TOLD) {
                told.remove(told.keySet().iterator().next());
            }
        }
        // a display that goes on sending the same is told of once
        LOG.logf(isNew ? Logger.Level.ERROR : Logger.Level.DEBUG, "set aside: %s", aside);
        LOG.debug("why it is set aside", why);
    }

    /** A later record of this key could be used. */
    void used(ConsumerRecord<String, byte[]> record) {
        synchronized (told) {
            told.remove(new Place(record.topic(), shown(record.key())));
        }
    }

    /** @return those of which no later record could be used, the oldest first */
    public List<SetAside> told() {
        synchronized (told) {
            return List.copyOf(told.values());
        }
    }

    /** What is no id may be anything, also a name. */
    private static String shown(String key) {
        return key == null
                ? "none"
                : key.matches("[A-Za-z0-9._-]{1,64}") ? key : "of " + key.length() + " characters, which is no id";
    }

    private static String reason(Throwable why) {
        Throwable cause = why;
        for (int n = 0; n < MAX_CAUSES && cause != null; n++, cause = cause.getCause()) {
            if (cause instanceof RegstreamException) {
                String message = String.valueOf(cause.getMessage());
                return message.length() <= MAX_REASON ? message : message.substring(0, MAX_REASON) + "…";
            }
        }
        return "it failed inside the service (" + why.getClass().getSimpleName() + ")";
    }
}
