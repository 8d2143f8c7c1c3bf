package org.regstream.service.testing;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** A topic of one partition without a broker. */
public final class MockTopic {

    private MockTopic() {}

    /** @return a consumer of the topic, which is empty */
    public static MockConsumer<String, byte[]> empty(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        Node node = new Node(0, "localhost", 1);
        MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
        consumer.updatePartitions(topic,
                List.of(new PartitionInfo(topic, 0, node, new Node[]{node}, new Node[]{node})));
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        consumer.updateEndOffsets(Map.of(partition, 0L));
        return consumer;
    }
}
