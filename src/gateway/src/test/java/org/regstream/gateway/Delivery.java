package org.regstream.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.dcm4che3.data.Attributes;

/**
 * One image, compressed by another program and sent by storescu through a gateway onto a topic of its own.
 *
 * @param said     what storescu told
 * @param sent     the image as it was sent
 * @param expected its pixels, native
 * @param arrived  what is on the topic
 */
record Delivery(String said, Attributes sent, byte[] expected, List<Attributes> arrived) {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    static Delivery of(Attributes source, Syntax syntax, Path folder, BrokerProcess broker) throws Exception {
        syntax.assumeDecoded();
        Attributes sent = syntax.encode(source, folder, "one");
        return of(sent, syntax.expected(source, folder, "one"), syntax, folder, broker);
    }

    /** @param expected pixels of the image, native */
    static Delivery of(Attributes sent, byte[] expected, Syntax syntax, Path folder, BrokerProcess broker)
            throws Exception {
        Tool storescu = Tool.require("storescu");
        String topic = "one-" + NUMBER.incrementAndGet();
        broker.createTopic(topic, Map.of());
        Path file = SyntheticMr.write(sent, syntax.uid, folder.resolve("sent"));
        Tool.Outcome outcome;
        try (Gateway gateway = Gateway.start(TestSettings.of(broker.bootstrapServers(), topic))) {
            outcome = storescu.run(arguments(syntax, gateway.dicomPort(), file));
        }
        return new Delivery(outcome.output(), sent, expected, parsed(TopicContent.read(broker, topic)));
    }

    private static Object[] arguments(Syntax syntax, int port, Path file) {
        List<Object> arguments = new ArrayList<>(syntax.proposal());
        arguments.addAll(List.of("-v", "-aec", TestSettings.AE, TestSettings.HOST, port, file));
        return arguments.toArray();
    }

    private static List<Attributes> parsed(List<ConsumerRecord<String, byte[]>> records) throws IOException {
        List<Attributes> parsed = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            parsed.add(TopicContent.parse(record.value()));
        }
        return parsed;
    }

    /** Whether storescu heard success. */
    boolean isAccepted() {
        return said.contains("(Success)");
    }
}
