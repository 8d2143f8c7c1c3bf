package org.regstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.ConfigurationException;
import picocli.CommandLine;

class MainTest {

    @Test
    void shouldHaveDefaultsThatNeedNoOption() {
        GatewaySettings settings = parse();
        assertThat(settings.listen().aeTitle()).isEqualTo("REGSTREAM");
        assertThat(settings.listen().port()).isEqualTo(11112);
        assertThat(settings.listen().callingAe()).isEmpty();
        assertThat(settings.listen().tls()).isEmpty();
        assertThat(settings.topic().topic()).isEqualTo("dicom.frames");
        assertThat(settings.topic().deliveryTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.auditRepository()).isEmpty();
    }

    /** The service makes the topic with room for 9 MiB. */
    @Test
    void shouldTakeByDefaultNoLargerObjectThanTheTopicDoes() {
        assertThat(parse().listen().limits().objectBytes()).isEqualTo((9 << 20) - (64 << 10));
    }

    @Test
    void shouldTakeOptions(@TempDir Path folder) throws Exception {
        Path kafka = Files.writeString(folder.resolve("kafka.properties"), "security.protocol=SSL\n");
        GatewaySettings settings = parse("--calling-ae", "MR1,CT2", "--port", "104", "--audit-syslog", "localhost:514",
                "--kafka-config", kafka.toString());
        assertThat(settings.listen().callingAe()).isEqualTo(Set.of("MR1", "CT2"));
        assertThat(settings.listen().port()).isEqualTo(104);
        assertThat(settings.auditRepository()).get().extracting("port").isEqualTo(514);
        assertThat(settings.topic().extra()).isEqualTo(Map.of("security.protocol", "SSL"));
    }

    @Test
    void shouldRefuseWhatCannotBeMeant(@TempDir Path folder) {
        assertRefused("associations must be from 1 to 1000", "--max-associations", "0");
        assertRefused("object bytes must be", "--max-object", "100");
        assertRefused("delivery time-out", "--delivery-timeout", "120");
        assertRefused("AE title", "--ae-title", "LONGER_THAN_SIXTEEN");
        assertRefused("--tls-mutual needs --tls-key-store", "--tls-mutual");
        assertRefused("--tls-key-store must name a readable", "--tls-key-store", folder.resolve("none").toString());
        assertRefused("host:port", "--audit-syslog", "nowhere");
        assertRefused("the port must be", "--port", "70000");
    }

    private static void assertRefused(String why, String... arguments) {
        assertThatThrownBy(() -> parse(arguments)).isInstanceOf(ConfigurationException.class).hasMessageContaining(why);
    }

    private static GatewaySettings parse(String... arguments) {
        Main main = new Main();
        new CommandLine(main).parseArgs(arguments);
        return main.settings();
    }
}
