package org.regstream.service.channel;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.regstream.service.line.Custody;
import org.regstream.service.procedure.ProcedureDesk;

/** Lets go of what belongs to partitions that another instance gets. Called on the connector's polling thread. */
@ApplicationScoped
@Identifier("frames")
public class FramesRebalance implements KafkaConsumerRebalanceListener {

    private final Custody custody;
    private final ProcedureDesk desk;

    FramesRebalance(Custody custody, ProcedureDesk desk) {
        this.custody = custody;
        this.desk = desk;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
        custody.assign(numbers(assigned));
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> revoked) {
        Set<Integer> partitions = numbers(revoked);
        custody.revoke(partitions);
        desk.onRevoked(partitions);
    }

    private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }
}
