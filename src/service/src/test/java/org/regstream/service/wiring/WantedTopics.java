package org.regstream.service.wiring;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.regstream.service.config.RegstreamSettings;

/** The topics as the service itself would make them. */
public final class WantedTopics {

    private WantedTopics() {}

    /** @return by name */
    public static Map<String, NewTopic> of(RegstreamSettings settings) {
        List<NewTopic> topics = new TopicSetup(null, settings.topics()).wanted();
        return topics.stream().collect(Collectors.toMap(NewTopic::name, Function.identity()));
    }
}
