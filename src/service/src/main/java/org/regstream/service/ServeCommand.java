package org.regstream.service;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;
import org.regstream.core.ConfigurationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code serve}: the service, until it is told to stop. Options become the settings of the same meaning. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Runs the service against a Kafka broker.")
class ServeCommand implements Callable<Integer> {

    private static final Logger LOG = Logger.getLogger(ServeCommand.class);
    private static final int HIGHEST_PORT = 65_535;

    @Spec
    CommandSpec spec;

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "Kafka brokers (default: localhost:9092)")
    String bootstrap;

    @Option(names = "--model", paramLabel = "DIR", description = "model package (default: models/hippocampus)")
    Path model;

    @Option(names = "--provider", paramLabel = "NAME", description = "cpu, cuda or auto (default: cpu)")
    String provider;

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
        try {
            requireFree(Integer.parseInt(setting("quarkus.http.port", "8080")));
            BrokerAddresses.requireListener(setting("kafka.bootstrap.servers", "localhost:9092"));
        } catch (ConfigurationException e) {
            spec.commandLine().getErr().println("regstream serve: " + e.getMessage());
            return 1;
        }
        Quarkus.run();
        return 0;
    }

    /** As Quarkus will read it: option or property, then the environment. Whatever else names it is found later, and more slowly. */
    private static String setting(String key, String otherwise) {
        return Optional.ofNullable(System.getProperty(key))
                .or(() -> Optional.ofNullable(System.getenv(key.replace('.', '_').toUpperCase(Locale.ROOT))))
                .orElse(otherwise);
    }

    /** Told before models are loaded: the HTTP port opens last. */
    private static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            LOG.debugf("port %d is free", socket.getLocalPort());
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
