package org.regstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.gateway.dimse.ListenSettings;
import org.regstream.gateway.dimse.TlsSettings;

/** TLS with DCMTK on the other side. */
@ExtendWith(SharedBroker.class)
class TlsIT {

    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    @Test
    void shouldHearOnlyPeersWithATrustedCertificateWhereAuthenticationIsMutual(BrokerProcess broker) throws Exception {
        // given
        Tool echoscu = Tool.require("echoscu");
        makeKey("gateway");
        makeKey("scanner");
        makeKey("stranger");
        trust("scanner");
        broker.createTopic("tls", Map.of());
        TlsSettings tls = new TlsSettings(file("gateway.p12"), PASSWORD, file("trusted.p12"), PASSWORD, true);
        ListenSettings listen = TestSettings.listen(Set.of(), TestSettings.LIMITS, Optional.of(tls));

        // when
        try (Gateway gateway = Gateway.start(TestSettings.of(broker.bootstrapServers(), "tls", listen))) {
            // then
            assertThat(echoAs(echoscu, "scanner", gateway)).isTrue();
            assertThat(echoAs(echoscu, "stranger", gateway)).isFalse();
            assertThat(echoscu.run("-aec", TestSettings.AE, "+tla", "+cf", file("gateway.crt"), TestSettings.HOST,
                    gateway.dicomPort()).succeeded()).isFalse();
            assertThat(echoscu.run("-aec", TestSettings.AE, TestSettings.HOST, gateway.dicomPort()).succeeded())
                    .isFalse();
            assertThat(AssociationsIT.get(gateway, "/metrics")).contains("associations_total{outcome=\"failed\"} 3\n",
                    "associations_total{outcome=\"accepted\"} 1\n");
        }
    }

    @Test
    void shouldHearAnyoneByTlsWhereAuthenticationIsNotMutual(BrokerProcess broker) throws Exception {
        // given
        Tool echoscu = Tool.require("echoscu");
        makeKey("gateway");
        broker.createTopic("tls-one-way", Map.of());
        TlsSettings tls = new TlsSettings(file("gateway.p12"), PASSWORD, null, "", false);
        ListenSettings listen = TestSettings.listen(Set.of(), TestSettings.LIMITS, Optional.of(tls));

        // when
        try (Gateway gateway = Gateway.start(TestSettings.of(broker.bootstrapServers(), "tls-one-way", listen))) {
            Tool.Outcome outcome = echoscu.run("-v", "-aec", TestSettings.AE, "+tla", "+cf", file("gateway.crt"),
                    TestSettings.HOST, gateway.dicomPort());

            // then
            assertThat(outcome.succeeded()).as(outcome.output()).isTrue();
        }
    }

    private boolean echoAs(Tool echoscu, String who, Gateway gateway) throws Exception {
        return echoscu.run("-aec", TestSettings.AE, "+tls", file(who + ".key"), file(who + ".crt"), "+cf",
                file("gateway.crt"), TestSettings.HOST, gateway.dicomPort()).succeeded();
    }

    private void makeKey(String who) throws Exception {
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=" + who, "-keyout",
                file(who + ".key"), "-out", file(who + ".crt"));
        run("openssl", "pkcs12", "-export", "-name", who, "-inkey", file(who + ".key"), "-in", file(who + ".crt"),
                "-out",
                file(who + ".p12"), "-passout", "pass:" + PASSWORD);
    }

    private void trust(String who) throws Exception {
        run("keytool", "-importcert", "-noprompt", "-alias", who, "-file", file(who + ".crt"), "-keystore",
                file("trusted.p12"), "-storetype", "PKCS12", "-storepass", PASSWORD);
    }

    private static void run(String program, Object... arguments) throws Exception {
        Tool.Outcome outcome = Tool.require(program).run(arguments);
        assertThat(outcome.succeeded()).as(outcome.output()).isTrue();
    }

    private Path file(String name) {
        return folder.resolve(name);
    }
}
