package org.regstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker is killed while slices come in. */
class BrokerKilledIT {

    private static final String TOPIC = "killed";
    private static final int SLICES = 1000;
    private static final int ASSOCIATIONS = 10;
    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final Pattern SENT = Pattern.compile("I: Sending file: .*slice-(\\d+)");
    private static final String ACCEPTED = "I: Received Store Response (Success)";
    private static final String REFUSED = "I: Received Store Response (Refused: OutOfResources)";

    @TempDir
    private Path folder;

    @Test
    void shouldHaveEveryAcceptedSliceOnTheTopicAndRefuseEveryOther() throws Exception {
        // given
        Tool storescu = Tool.require("storescu");
        List<Path> folders = write();
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("broker"))) {
            broker.createTopic(TOPIC, Map.of());
            Set<Integer> accepted = new HashSet<>();
            Set<Integer> refused = new HashSet<>();

            // when
            try (Gateway gateway = Gateway.start(TestSettings.of(broker.bootstrapServers(), TOPIC))) {
                List<Tool.Running> running = new ArrayList<>();
                for (Path each : folders) {
                    running.add(storescu.start("-v", "-nh", "-aec", TestSettings.AE, "+sd", TestSettings.HOST,
                            gateway.dicomPort(), each));
                }
                awaitAccepted(running, SLICES / 5);
                broker.kill();
                for (Tool.Running each : running) {
                    split(each.end().output(), accepted, refused);
                }
            }
            broker.start();

            // then
            assertThat(accepted).hasSizeBetween(1, SLICES - 1);
            assertThat(refused).doesNotContainAnyElementsOf(accepted);
            assertThat(accepted.size() + refused.size()).isEqualTo(SLICES);
            assertThat(slicesOn(broker)).containsAll(accepted).doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldRefuseAtOnceWhileTheBrokerIsAwayAndAcceptWhenItIsBack() throws Exception {
        // given
        Tool storescu = Tool.require("storescu");
        Path slice = SyntheticMr.write(SyntheticMr.slice(0), folder.resolve("slice-0"));
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("broker"))) {
            broker.createTopic(TOPIC, Map.of());
            try (Gateway gateway = Gateway.start(TestSettings.of(broker.bootstrapServers(), TOPIC))) {
                broker.kill();
                Await.until(() -> !gateway.isReady());

                // when
                Instant before = Instant.now();
                Tool.Outcome away = storescu.run("-v", "-aec", TestSettings.AE, TestSettings.HOST, gateway.dicomPort(),
                        slice);
                Duration took = Duration.between(before, Instant.now());
                broker.start();
                Await.until(gateway::isReady);
                Tool.Outcome back = storescu.run("-v", "-aec", TestSettings.AE, TestSettings.HOST, gateway.dicomPort(),
                        slice);

                // then
                assertThat(away.output()).contains(REFUSED);
                assertThat(took).isLessThan(AT_ONCE);
                assertThat(back.output()).contains(ACCEPTED);
                assertThat(slicesOn(broker)).containsExactly(0);
            }
        }
    }

    private List<Path> write() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (int n = 0; n < SLICES; n++) {
            int association = n % ASSOCIATIONS;
            if (n < ASSOCIATIONS) {
                folders.add(Files.createDirectory(folder.resolve("association-" + association)));
            }
            SyntheticMr.write(SyntheticMr.slice(n), folders.get(association).resolve("slice-" + n));
        }
        return folders;
    }

    private static void awaitAccepted(List<Tool.Running> running, int count) throws Exception {
        Await.until(() -> {
            Set<Integer> accepted = new HashSet<>();
            for (Tool.Running each : running) {
                split(Files.readString(each.said()), accepted, new HashSet<>());
            }
            return accepted.size() >= count;
        });
    }

    /** What storescu was told of each slice; a slice without an answer is in neither. */
    private static void split(String output, Set<Integer> accepted, Set<Integer> refused) {
        int sending = -1;
        for (String line : output.split("\n")) {
            Matcher sent = SENT.matcher(line);
            if (sent.find()) {
                sending = Integer.parseInt(sent.group(1));
            } else if (line.startsWith(ACCEPTED)) {
                accepted.add(sending);
            } else if (line.startsWith(REFUSED)) {
                refused.add(sending);
            }
        }
    }

    private static List<Integer> slicesOn(BrokerProcess broker) throws IOException {
        return TopicContent.instanceUids(TopicContent.read(broker, TOPIC))
                .stream()
                .map(uid -> Integer.valueOf(uid.substring(uid.lastIndexOf('.') + 1)))
                .toList();
    }
}
