package org.regstream.service.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.regstream.broker.EmbeddedBroker;
import org.regstream.service.config.RegstreamSettings;

/** Topics on a real broker, where somebody has made some before. */
class TopicSetupTest {

    private static final Logger LOGGER = Logger.getLogger(TopicSetup.class.getName());

    private final RegstreamSettings defaults = new SmallRyeConfigBuilder().addDiscoveredConverters()
            .withMapping(RegstreamSettings.class).withSources(new PropertiesConfigSource(Map.of(), "none", 100)).build()
            .getConfigMapping(RegstreamSettings.class);
    private final RegstreamSettings.Topics topics = defaults.topics();
    private final Lines log = new Lines();

    @BeforeEach
    void listen() {
        LOGGER.addHandler(log);
    }

    @AfterEach
    void leave() {
        LOGGER.removeHandler(log);
    }

    @Test
    void shouldSayAtTheStartWhichTopicTakesLessThanIsWanted() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            // given: as a broker makes it by Kafka's default
            admin.createTopics(List.of(new NewTopic(topics.labels(), Optional.of(1), Optional.of((short) 1))
                    .configs(Map.of("max.message.bytes", "1048588")))).all().get();

            // when
            new TopicSetup(admin, topics).ensure();

            // then
            assertThat(log.lines).singleElement().asString().contains(topics.labels(), "1048588", "9437184",
                    "max.message.bytes");
            assertThat(admin.listTopics().names().get()).contains(topics.frames(), topics.deadLetter(),
                    topics.alertStates());
        }
    }

    /** A broker may learn a moment later of the topics that another one has just made. */
    @Test
    void shouldAskAgainWhereABrokerDoesNotKnowTheTopicsYet() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            AtomicInteger asked = new AtomicInteger();
            Admin late = (Admin) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{Admin.class},
                    (proxy, method, arguments) -> method.getName().equals("describeConfigs")
                            && asked.incrementAndGet() < 3
                                    ? admin.describeConfigs(
                                            List.of(new ConfigResource(ConfigResource.Type.TOPIC, "not-yet")))
                                    : method.invoke(admin, arguments));

            new TopicSetup(late, topics).ensure();

            assertThat(asked).hasValue(3);
        }
    }

    /** With headers on top that say why. */
    @Test
    void shouldWantLettersToBeLargerThanTheFramesInThem() {
        Map<String, NewTopic> wanted = WantedTopics.of(defaults);

        assertThat(limit(wanted.get(topics.deadLetter()))).isGreaterThan(limit(wanted.get(topics.frames())) + 65_536);
    }

    private static int limit(NewTopic topic) {
        return Integer.parseInt(topic.configs().get("max.message.bytes"));
    }

    private static final class Lines extends Handler {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            lines.add(new PatternFormatter("%s").format(line));
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nor kept open
        }
    }
}
