package org.regstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BrokerCommandTest {

    private static final Pattern ADDRESS = Pattern.compile("Kafka broker on (\\S+), records in (\\S+)");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldServeUntilItIsStopped() throws Exception {
        Thread broker = new Thread(() -> execute("--port", "0", "--keep", folder.toString()));
        broker.start();
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> out.toString().contains("Ctrl-C"));
            Matcher said = ADDRESS.matcher(out.toString());
            assertThat(said.find()).isTrue();
            assertThat(said.group(2)).isEqualTo(folder.toString());

            try (Admin admin = Admin.create(Map.of("bootstrap.servers", said.group(1)))) {
                assertThat(admin.describeCluster().nodes().get()).hasSize(1);
            }
        } finally {
            broker.interrupt();
            broker.join(30_000);
        }
        assertThat(broker.isAlive()).isFalse();
    }

    @Test
    void shouldSayThatThePortIsTaken() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(execute("--port", String.valueOf(other.getLocalPort()))).isEqualTo(1);
        }
        assertThat(err.toString().lines()).singleElement().asString().startsWith("regstream broker: ");
    }

    @Test
    void shouldRefuseWhatIsNoPort() {
        assertThat(execute("--port", "70000")).isEqualTo(2);
        assertThat(err.toString()).contains("0 to 65535");
    }

    private int execute(String... options) {
        return new CommandLine(new BrokerCommand()).setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(options);
    }
}
