package org.regstream.service.access;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * TLS by one setting: {@code regstream.access.tls}, a folder with {@code tls.crt} and {@code tls.key} as in a Secret of Kubernetes, becomes what Quarkus
 * needs. The HTTP port then speaks TLS, and there is no other. A certificate that is renewed in its place is used within the hour.
 */
public class TlsSource implements ConfigSourceFactory {

    static final String CERTIFICATE = "tls.crt";
    static final String KEY = "tls.key";

    private static final String NAME = "regstream";
    /** Above application.properties (250), below what an operator says by the environment (300). */
    private static final int ORDINAL = 275;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        ConfigValue folder = context.getValue("regstream.access.tls");
        if (folder == null || folder.getValue() == null || folder.getValue().isBlank()) {
            return List.of();
        }
        String tls = "quarkus.tls." + NAME + ".";
        return List.of(new PropertiesConfigSource(Map.of(
                tls + "key-store.pem.0.cert", folder.getValue() + "/" + CERTIFICATE,
                tls + "key-store.pem.0.key", folder.getValue() + "/" + KEY,
                tls + "reload-period", "1h",
                "quarkus.http.tls-configuration-name", NAME,
                "quarkus.http.insecure-requests", "disabled",
                "quarkus.http.ssl-port", "${quarkus.http.port}",
                "quarkus.http.test-ssl-port", "${quarkus.http.test-port}"), "regstream.access.tls", ORDINAL));
    }
}
