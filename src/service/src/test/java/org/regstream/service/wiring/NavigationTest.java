package org.regstream.service.wiring;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.regstream.core.ConfigurationException;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertPhase;
import org.regstream.core.alert.AlertPriority;
import org.regstream.core.alert.AlertState;
import org.regstream.core.assembly.AssembledVolume;
import org.regstream.core.assembly.VolumeKey;
import org.regstream.core.line.EncodedObject;
import org.regstream.core.line.EncodedResult;
import org.regstream.core.line.Labels;
import org.regstream.core.line.Network;
import org.regstream.core.line.NoRegistration;
import org.regstream.core.line.Payload;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.pipeline.Registered;
import org.regstream.core.pipeline.RegistrationPipeline;
import org.regstream.core.procedure.Procedure;
import org.regstream.core.testkit.FakeModel;
import org.regstream.dicom.testkit.Phantom;
import org.regstream.navigation.HeaderVersion;
import org.regstream.navigation.Message;
import org.regstream.navigation.MessageHeader;
import org.regstream.navigation.Nothing;
import org.regstream.service.config.RegstreamSettings;
import org.regstream.service.line.ResultListener;

class NavigationTest {

    private static final int PATIENCE_MILLIS = 20_000;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RegistrationModel model = FakeModel.shifting(new ModelGrid(8, 12, 12, 1, "LPS"), 0, 0, 0);

    @Test
    void shouldListenOnlyWhenAskedTo() {
        Navigation off = open(Map.of());

        assertThat(off.listener()).isSameAs(ResultListener.NOBODY);
        assertThat(registry.getMeters()).isEmpty();
        off.close();
    }

    @Test
    void shouldCarryAResultFromTheLineToAClient() throws IOException {
        int port = freePort();
        try (Navigation navigation = open(Map.of("enabled", "true", "port", String.valueOf(port)));
                Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.setSoTimeout(PATIENCE_MILLIS);

            // when
            tell(navigation.listener());

            // then
            DataInputStream in = new DataInputStream(client.getInputStream());
            MessageHeader header = next(in);
            while (!header.device().equals("Labels_p1")) {
                header = next(in);
            }
            assertThat(header.type()).isEqualTo("IMAGE");
            assertThat(registry.get("regstream.navigation.clients").gauge().value()).isEqualTo(1);
            assertThat(registry.get("regstream.navigation.messages.sent").counter().count()).isPositive();
        }
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port)).hasMessageContaining("refused");
    }

    /** As on the page: what is shown does not outlive the moment that nothing is known of. */
    @ParameterizedTest
    @EnumSource(value = AlertCode.class, names = {"GAP", "INTAKE_LIMIT", "WRONG_GEOMETRY", "NO_VALID_REGISTRATION"})
    void shouldWithdrawTheOverlayWhateverTheReason(AlertCode why) throws IOException {
        int port = freePort();
        try (Navigation navigation = open(Map.of("enabled", "true", "port", String.valueOf(port)));
                Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.setSoTimeout(PATIENCE_MILLIS);
            DataInputStream in = new DataInputStream(client.getInputStream());
            tell(navigation.listener());
            assertThat(labels(in)).contains((byte) 1, (byte) 2);

            // when
            Instant later = Instant.now().plusSeconds(1);
            navigation.listener().onResult(new NoRegistration("p1", 2, Optional.empty(), later, why, "rule",
                    "for the operator", later));

            // then
            assertThat(labels(in)).containsOnly(0);
        }
    }

    /** @return voxels of the next labels */
    private static byte[] labels(DataInputStream in) throws IOException {
        while (true) {
            MessageHeader header = MessageHeader.decode(ByteBuffer.wrap(in.readNBytes(MessageHeader.SIZE)));
            byte[] body = in.readNBytes((int) header.bodySize());
            if (header.device().equals("Labels_p1")) {
                return Arrays.copyOfRange(body, body.length - 8 * 12 * 12, body.length);
            }
        }
    }

    @Test
    void shouldNameTheGraphThatMadeEachResultAndJudgedForEachAlert() throws IOException {
        int port = freePort();
        try (Navigation navigation = open(Map.of("enabled", "true", "port", String.valueOf(port)));
                Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.setSoTimeout(PATIENCE_MILLIS);
            client.getOutputStream().write(new Message("", Instant.EPOCH, new Nothing("GET_STATUS"), Map.of(), 1)
                    .encode(HeaderVersion.PROTOCOL_3));
            DataInputStream in = new DataInputStream(client.getInputStream());
            while (next(in).version() != HeaderVersion.PROTOCOL_3) {
                // until it has understood which version to speak
            }

            // when
            tell(navigation.listener());
            navigation.listener().onAlert(new Alert("p1", "e-1", 14, 1, AlertCode.LABEL_UNCERTAIN,
                    AlertPriority.MEDIUM, AlertPhase.RAISED, AlertState.ACTIVE, Optional.empty(), Optional.empty(),
                    Optional.empty(), Optional.empty(), Instant.EPOCH,
                    Instant.EPOCH, "Look twice."));

            // then: FakeModel's student is 00, its ensemble 01
            Map<String, String> bodies = new HashMap<>();
            while (!bodies.keySet().containsAll(List.of("Labels_p1", "Alert_p1"))) {
                MessageHeader header = MessageHeader.decode(ByteBuffer.wrap(in.readNBytes(MessageHeader.SIZE)));
                bodies.put(header.device(), new String(in.readNBytes((int) header.bodySize()), US_ASCII));
            }
            assertThat(bodies.get("Labels_p1")).contains("modelDigest00");
            assertThat(bodies.get("Alert_p1")).contains("\"modelDigest\":\"01\"");
        }
    }

    @Test
    void shouldRefuseToStartOnAPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(
                    () -> open(Map.of("enabled", "true", "port", String.valueOf(taken.getLocalPort()))).close())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("regstream.navigation.host");
        }
    }

    private void tell(ResultListener listener) {
        Phantom phantom = new Phantom(8, 12, 12, List.of(FakeModel.HEAD, FakeModel.BODY));
        Procedure procedure = phantom.procedure("p1");
        Registered registered = (Registered) new RegistrationPipeline(model).register(procedure.reference(),
                phantom.image());
        Instant now = Instant.now();
        AssembledVolume live = new AssembledVolume("0".repeat(32), new VolumeKey("1.2", ""), "1.1", Phantom.SPACE, now,
                now, Collections.nCopies(8, "1.2.3"), phantom.image());
        listener.onResult(new Labels(Network.STUDENT, "p1", 1, live, procedure.reference().structures(),
                now.plus(procedure.ageBudget()), now, Duration.ZERO, Optional.of(new Payload(registered,
                        new EncodedResult(new EncodedObject("1.1", "2.25.2", "2.25.1", new byte[0]), List.of(),
                                Optional.empty(), Optional.empty())))));
    }

    /** @return the header of the next message; its body is read and let go */
    private static MessageHeader next(DataInputStream in) throws IOException {
        byte[] header = new byte[MessageHeader.SIZE];
        in.readFully(header);
        MessageHeader decoded = MessageHeader.decode(ByteBuffer.wrap(header));
        in.readFully(new byte[(int) decoded.bodySize()]);
        return decoded;
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private Navigation open(Map<String, String> values) {
        Map<String, String> properties = new HashMap<>();
        values.forEach((key, value) -> properties.put("regstream.navigation." + key, value));
        RegstreamSettings settings = new SmallRyeConfigBuilder().addDiscoveredConverters()
                .withMapping(RegstreamSettings.class).withSources(new PropertiesConfigSource(properties, "test", 100))
                .build().getConfigMapping(RegstreamSettings.class);
        return Navigation.open(settings.navigation(), model.manifest(), registry, Clock.systemUTC());
    }
}
