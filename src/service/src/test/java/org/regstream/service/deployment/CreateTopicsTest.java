package org.regstream.service.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.service.wiring.WantedTopics;

/** {@code deploy/kafka/create-topics.sh}, run with tools in the place of Kafka's that write down what they are asked for. */
class CreateTopicsTest {

    private static final Path BASH = Path.of("/bin/bash");

    @TempDir
    Path folder;

    @Test
    void shouldMakeTheTopicsAsTheServiceWould() throws Exception {
        assumeTrue(Files.isExecutable(BASH), "skipped: no " + BASH);
        Map<String, NewTopic> wanted = WantedTopics.of(CodeFacts.serviceSettings(Map.of()));

        Map<String, Map<String, String>> made = runCreateTopics();

        assertThat(made.keySet()).isEqualTo(wanted.keySet());
        made.forEach((name, settings) -> {
            assertThat(settings).as(name).containsAllEntriesOf(wanted.get(name).configs());
            assertThat(settings.containsKey("retention.ms")).as("%s is bounded in time or compacted", name)
                    .isNotEqualTo("compact".equals(settings.get("cleanup.policy")));
        });
        assertThat(made.get("registration.procedures")).containsEntry("partitions", "1");
        assertThat(made.get("dicom.frames")).containsEntry("partitions", "6");
    }

    /** @return settings of each topic, with {@code partitions}, as the script asks Kafka's tools for them */
    private Map<String, Map<String, String>> runCreateTopics() throws Exception {
        Path calls = folder.resolve("calls");
        Path tools = Files.createDirectories(folder.resolve("kafka/bin"));
        for (String tool : List.of("kafka-topics.sh", "kafka-configs.sh")) {
            Path script = Files.writeString(tools.resolve(tool), "#!/bin/sh\necho \"$*\" >>\"" + calls + "\"\n");
            assertThat(script.toFile().setExecutable(true)).isTrue();
        }
        ProcessBuilder run = new ProcessBuilder(BASH.toString(),
                RepositoryFiles.path("deploy/kafka/create-topics.sh").toString()).inheritIO();
        run.environment().putAll(Map.of("KAFKA_HOME", tools.getParent().toString(), "TOPIC_PARTITIONS", "6"));
        Process process = run.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return topics(Files.readAllLines(calls));
    }

    private static Map<String, Map<String, String>> topics(List<String> calls) {
        Map<String, Map<String, String>> topics = new TreeMap<>();
        for (String call : calls) {
            List<String> words = List.of(call.split(" "));
            boolean create = words.contains("--create");
            String name = words.get(words.indexOf(create ? "--topic" : "--entity-name") + 1);
            Map<String, String> settings = topics.computeIfAbsent(name, n -> new HashMap<>());
            if (create) {
                settings.put("partitions", words.get(words.indexOf("--partitions") + 1));
            } else {
                Stream.of(words.get(words.indexOf("--add-config") + 1).split(",")).map(s -> s.split("=", 2))
                        .forEach(s -> settings.put(s[0], s[1]));
            }
        }
        return topics;
    }
}
