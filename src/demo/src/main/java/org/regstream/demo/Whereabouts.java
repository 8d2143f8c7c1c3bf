package org.regstream.demo;

import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * An instance that was sent.
 *
 * @param instanceUid its SOP Instance UID
 * @param partition   of the topic of frames
 * @param offset      in it
 */
record Whereabouts(String instanceUid, int partition, long offset) {

    static Whereabouts of(String instanceUid, RecordMetadata record) {
        return new Whereabouts(instanceUid, record.partition(), record.offset());
    }

    /** @param committed partition to the offset below which the service is done with everything */
    boolean isSettled(Map<Integer, Long> committed) {
        return offset < committed.getOrDefault(partition, 0L);
    }
}
