package org.regstream.service;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;
import org.regstream.core.ConfigurationException;
import org.regstream.service.access.AccessMode;
import org.regstream.service.access.UsersFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code serve}: the service, until it is told to stop. Options become the settings of the same meaning. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Runs the service against a Kafka broker.")
class ServeCommand implements Callable<Integer> {

    private static final Logger LOG = Logger.getLogger(ServeCommand.class);
    /** Quarkus' own. */
    private static final int DEFAULT_PORT = 8080;
    private static final int HIGHEST_PORT = 65_535;

    @Spec
    CommandSpec spec;

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "Kafka brokers (default: localhost:9092)")
    String bootstrap;

    @Option(names = "--model", paramLabel = "DIR", description = "model package (default: models/hippocampus)")
    Path model;

    @Option(names = "--provider", paramLabel = "NAME", description = "cpu, cuda or auto (default: cpu)")
    String provider;

    @Option(names = "--host", paramLabel = "NAME", description = "address to listen on (default: localhost); on any other but the "
            + "loopback one everybody is asked who they are")
    String host;

    @Option(names = "--users", paramLabel = "FILE", description = "who may come in; made by: regstream user add")
    Path users;

    @Option(names = "--tls", paramLabel = "DIR", description = "folder with tls.crt and tls.key (PEM): the port then speaks TLS")
    Path tls;

    @Option(names = "--insecure", description = "nobody is asked who they are, on any interface")
    boolean isInsecure;

    @Option(names = "--port", paramLabel = "PORT", description = "HTTP port (default: 8080)")
    Integer port;

    @Option(names = "-D", paramLabel = "KEY=VALUE", description = "any other setting, may be repeated")
    Map<String, String> settings = Map.of();

    @Override
    public Integer call() {
        if (port != null && (port < 0 || port > HIGHEST_PORT)) {
            throw new ParameterException(spec.commandLine(), "--port must lie in 0 to 65535, got " + port);
        }
        settings.forEach(System::setProperty);
        set("kafka.bootstrap.servers", bootstrap);
        set("regstream.model.package", model);
        set("regstream.model.provider", provider);
        set("quarkus.http.port", port);
        set("quarkus.http.host", host);
        set("regstream.access.users", users);
        set("regstream.access.tls", tls);
        set("regstream.access.insecure", isInsecure ? true : null);
        try {
            requireRoom(ConfigUtils.configBuilder().build());
        } catch (ConfigurationException e) {
            spec.commandLine().getErr().println("regstream serve: " + e.getMessage());
            return 1;
        }
        Quarkus.run();
        return 0;
    }

    /** Told before models are loaded: the HTTP port opens last. @param config as Quarkus is about to read it */
    private static void requireRoom(SmallRyeConfig config) {
        AccessMode.of(config);
        config.getOptionalValue("regstream.access.users", Path.class).ifPresent(UsersFile::read);
        requireFree(config.getOptionalValue("quarkus.http.port", Integer.class).orElse(DEFAULT_PORT));
        BrokerAddresses.requireListener(config.getValue("kafka.bootstrap.servers", String.class));
    }

    private static void requireFree(int port) {
        try {
            new ServerSocket(port).close();
        } catch (BindException e) {
            throw new ConfigurationException("port " + port
                    + " is taken by another program; choose another with --port, 0 for any free one", e);
        } catch (IOException e) {
            LOG.debugf(e, "port %d is not tried", port);
        }
    }

    private static void set(String key, Object value) {
        if (value != null) {
            System.setProperty(key, value.toString());
        }
    }
}
