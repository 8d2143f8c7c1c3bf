package org.regstream.service.wiring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;
import org.regstream.core.ConfigurationException;
import org.regstream.core.Spans;
import org.regstream.service.config.RegstreamSettings;

/** Makes sure, before anything is consumed, that the topics exist and that those that keep state keep their records. */
public final class TopicSetup {

    private static final Logger LOG = Logger.getLogger(TopicSetup.class);
    private static final Duration AGAIN = Duration.ofMillis(100);
    /** Values of up to 8 MiB with their headers; the broker's own default is 1 MiB. */
    private static final int MAX_MESSAGE_BYTES = 9 << 20;
    /** A refused frame carries why, on top of what it came with. */
    private static final int MAX_LETTER_BYTES = MAX_MESSAGE_BYTES + (1 << 20);

    private final Admin admin;
    private final RegstreamSettings.Topics topics;

    /** @param admin referenced, not owned */
    public TopicSetup(Admin admin, RegstreamSettings.Topics topics) {
        this.admin = admin;
        this.topics = topics;
    }

    /**
     * Creates what is missing where settings allow it, and checks what is there.
     *
     * @throws ConfigurationException if a topic is missing and may not be created, if one that must be compacted is not,
     *         or if the broker does not answer in time
     */
    public void ensure() {
        Set<String> present = await(admin.listTopics().names(), "the list of topics");
        List<NewTopic> missing = wanted().stream().filter(t -> !present.contains(t.name())).toList();
        if (!missing.isEmpty()) {
            create(missing);
        }
        Map<String, Config> configs = configs();
        compacted().forEach(topic -> requireCompaction(topic, configs.get(topic)));
        wanted().forEach(topic -> tellOfLimit(topic, configs.get(topic.name())));
    }

    /** What the service needs; manifests that make topics must agree. */
    List<NewTopic> wanted() {
        List<NewTopic> all = new ArrayList<>();
        for (String name : List.of(topics.frames(), topics.deadLetter(), topics.labels(), topics.uncertainty(),
                topics.displacement(), topics.alerts(), topics.status(), topics.receipts())) {
            all.add(topic(name, topics.partitions(), name.equals(topics.deadLetter())
                    ? MAX_LETTER_BYTES
                    : MAX_MESSAGE_BYTES, Map.of()));
        }
        for (String name : compacted()) {
            all.add(topic(name, 1, MAX_MESSAGE_BYTES,
                    Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
        }
        return all;
    }

    /** Those that keep the newest record of each key for ever. */
    private List<String> compacted() {
        return List.of(topics.procedures(), topics.alertStates());
    }

    private NewTopic topic(String name, int partitions, int maxMessageBytes, Map<String, String> extra) {
        Map<String, String> config = new HashMap<>(extra);
        config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(maxMessageBytes));
        return new NewTopic(name, Optional.of(partitions), Optional.of(topics.replication())).configs(config);
    }

    private void create(Collection<NewTopic> missing) {
        List<String> names = missing.stream().map(NewTopic::name).toList();
        if (!topics.create()) {
            throw new ConfigurationException("topics are missing on the broker: " + names
                    + "; create them or set regstream.topics.create=true");
        }
        admin.createTopics(missing).values().forEach((name, created) -> {
            try {
                await(created, "creation of topic " + name);
            } catch (ConfigurationException e) {
                // another instance was quicker
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        });
    }

    /** @return by topic */
    private Map<String, Config> configs() {
        List<ConfigResource> resources = wanted().stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name())).toList();
        Map<String, Config> configs = new HashMap<>();
        settings(resources).forEach((resource, config) -> configs.put(resource.name(), config));
        return configs;
    }

    /** What has just been made is not known to every broker yet: then it is asked again. */
    private Map<ConfigResource, Config> settings(List<ConfigResource> resources) {
        long end = System.nanoTime() + topics.timeout().toNanos();
        while (true) {
            try {
                return await(admin.describeConfigs(resources).all(), "the settings of the topics");
            } catch (ConfigurationException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() - end >= 0) {
                    throw e;
                }
                LockSupport.parkNanos(AGAIN.toNanos());
            }
        }
    }

    private static void requireCompaction(String topic, Config config) {
        String policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
        if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            throw new ConfigurationException("topic " + topic + " must have cleanup.policy=compact, got " + policy
                    + "; its records would be deleted with age: change the topic's setting");
        }
    }

    /** Not a reason to refuse the start: what a topic does not take goes by reference, or without its payload. */
    private static void tellOfLimit(NewTopic wanted, Config config) {
        long has = Long.parseLong(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
        long wants = Long.parseLong(wanted.configs().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
        if (has < wants) {
            LOG.warnf("topic %s takes records of %d bytes at most, %d are wanted: set its %s", wanted.name(), has,
                    wants, TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        }
    }

    private <T> T await(KafkaFuture<T> future, String what) {
        Duration limit = topics.timeout();
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ConfigurationException(
                    "the Kafka broker did not answer in " + Spans.inWords(limit) + ", asked for " + what
                            + "; check kafka.bootstrap.servers and that the broker runs",
                    e);
        } catch (ExecutionException e) {
            throw new ConfigurationException("the Kafka broker refused " + what + ": "
                    + Objects.requireNonNullElse(e.getCause().getMessage(), "it gives no reason"), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigurationException("interrupted while waiting for " + what, e);
        }
    }
}
