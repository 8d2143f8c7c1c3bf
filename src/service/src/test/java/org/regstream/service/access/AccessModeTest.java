package org.regstream.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.ConfigurationException;

class AccessModeTest {

    @TempDir
    Path folder;

    private static Config config(String... settings) {
        Map<String, String> all = new HashMap<>();
        for (String setting : settings) {
            all.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        return new SmallRyeConfigBuilder().addDefaultInterceptors().withSources(new TlsSource())
                .withSources(new PropertiesConfigSource(all, "test", 300)).build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.5", "192.0.2.1"})
    void shouldAskForIdentityOffTheLoopbackInterface(String host) {
        assertThatThrownBy(() -> AccessMode.of(config("quarkus.http.host=" + host)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(host).hasMessageContaining("--users").hasMessageContaining("--insecure");
    }

    /** Quarkus' own is every interface. */
    @Test
    void shouldAskForIdentityWhereNobodyNamedAnInterface() {
        assertThatThrownBy(() -> AccessMode.of(config())).isInstanceOf(ConfigurationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.9.9.9", "::1"})
    void shouldAskNobodyOnTheLoopbackInterface(String host) {
        assertThat(AccessMode.of(config("quarkus.http.host=" + host))).isEqualTo(AccessMode.LOOPBACK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "localhost"})
    void shouldAskEverybodyWhereThereAreUsersOrAProvider(String host) {
        assertThat(AccessMode.of(config("quarkus.http.host=" + host, "regstream.access.users=u")))
                .isEqualTo(AccessMode.IDENTITY);
        assertThat(AccessMode.of(config("quarkus.http.host=" + host, "quarkus.oidc.tenant-enabled=true")))
                .isEqualTo(AccessMode.IDENTITY);
    }

    @Test
    void shouldAskNobodyWhereSomebodySaidSoAloud() {
        assertThat(AccessMode.of(config("quarkus.http.host=0.0.0.0", "regstream.access.insecure=true")))
                .isEqualTo(AccessMode.INSECURE);
        assertThatThrownBy(() -> AccessMode.of(config("regstream.access.insecure=true", "regstream.access.users=u")))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("take one of the two away");
    }

    @Test
    void shouldNameTheHostThatIsNotOfThisMachine() {
        assertThatThrownBy(() -> AccessMode.of(config("quarkus.http.host=no.such.host.invalid")))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("no.such.host.invalid");
    }

    @Test
    void shouldSpeakTlsByOneSettingAndNameWhatIsMissing() throws Exception {
        Files.writeString(folder.resolve("tls.crt"), "");
        String[] settings = {"quarkus.http.host=localhost", "quarkus.http.port=9443", "regstream.access.tls=" + folder};

        assertThatThrownBy(() -> AccessMode.of(config(settings))).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tls.key");

        Files.writeString(folder.resolve("tls.key"), "");
        Config config = config(settings);
        assertThat(AccessMode.of(config)).isEqualTo(AccessMode.LOOPBACK);
        assertThat(AccessMode.isEncrypted(config)).isTrue();
        assertThat(config.getValue("quarkus.http.ssl-port", Integer.class)).isEqualTo(9443);
        assertThat(config.getValue("quarkus.http.insecure-requests", String.class)).isEqualTo("disabled");
        assertThat(config.getValue("quarkus.tls.regstream.key-store.pem.0.key", Path.class))
                .isEqualTo(folder.resolve("tls.key"));
    }
}
