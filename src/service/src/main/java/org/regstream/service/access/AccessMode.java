package org.regstream.service.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.eclipse.microprofile.config.Config;
import org.regstream.core.ConfigurationException;

/** Whether anybody is asked who they are; decided once, at the start. */
public enum AccessMode {

    /** Everybody is, on every interface. */
    IDENTITY("everybody is asked who they are"),
    /** Nobody is, and only programs of this machine come in. */
    LOOPBACK("nobody is asked who they are; only this machine's own programs come in"),
    /** Nobody is, wherever they come from: somebody said so. */
    INSECURE(
            "INSECURE: nobody is asked who they are, and whoever reaches the port sees the patient's images and ends procedures");

    static final String HOST = "quarkus.http.host";
    private static final String USERS = "regstream.access.users";
    private static final String TLS = "regstream.access.tls";
    private static final String OPENID = "quarkus.oidc.tenant-enabled";
    private static final String TOLD = "regstream.access.insecure";

    private final String sentence;

    AccessMode(String sentence) {
        this.sentence = sentence;
    }

    /** What it means, for an operator. */
    public String sentence() {
        return sentence;
    }

    /**
     * @param config as the service is about to read it
     * @throws ConfigurationException if others than this machine would come in unasked and nobody said {@code --insecure}, if somebody said it
     *                                for nothing, or if the certificate is not there
     */
    public static AccessMode of(Config config) {
        requireCertificate(config);
        boolean hasIdentity = config.getOptionalValue(USERS, Path.class).isPresent() || is(config, OPENID);
        if (is(config, TOLD)) {
            requireNothingElse(hasIdentity);
            return INSECURE;
        }
        if (hasIdentity) {
            return IDENTITY;
        }
        if (isLoopback(config)) {
            return LOOPBACK;
        }
        throw new ConfigurationException("on " + host(config)
                + " others than this machine come in, and nobody would be asked who they are; "
                + "name a file of users with --users (regstream user add makes it) or an OpenID provider (" + OPENID
                + "), or say --insecure");
    }

    /** @return whether what others send and get is encrypted here */
    public static boolean isEncrypted(Config config) {
        return config.getOptionalValue(TLS, Path.class).isPresent()
                || config.getOptionalValue("quarkus.http.insecure-requests", String.class)
                        .filter("disabled"::equals).isPresent();
    }

    /** @return whether nobody else than this machine reaches the port */
    public static boolean isLoopback(Config config) {
        String host = host(config);
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            throw new ConfigurationException(HOST + " must be a name or an address of this machine, got " + host, e);
        }
    }

    /** Without the setting, which ours always has, Quarkus binds every interface. */
    private static String host(Config config) {
        return config.getOptionalValue(HOST, String.class).orElse("0.0.0.0");
    }

    private static void requireNothingElse(boolean hasIdentity) {
        if (hasIdentity) {
            throw new ConfigurationException(
                    "--insecure (" + TOLD + ") says that nobody is asked who they are, but there are "
                            + "users or an OpenID provider; take one of the two away");
        }
    }

    private static void requireCertificate(Config config) {
        config.getOptionalValue(TLS, Path.class).ifPresent(folder -> {
            for (String name : new String[]{TlsSource.CERTIFICATE, TlsSource.KEY}) {
                if (!Files.isReadable(folder.resolve(name))) {
                    throw new ConfigurationException(TLS + " must be a folder with " + TlsSource.CERTIFICATE + " and "
                            + TlsSource.KEY + " (PEM); " + folder.resolve(name) + " cannot be read");
                }
            }
        });
    }

    private static boolean is(Config config, String key) {
        return config.getOptionalValue(key, Boolean.class).orElse(false);
    }
}
