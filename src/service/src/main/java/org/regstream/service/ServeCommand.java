package org.regstream.service;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code serve}: the service, until it is told to stop. Options become the settings of the same meaning. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Runs the service against a Kafka broker.")
class ServeCommand implements Callable<Integer> {

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
        int http = Integer.getInteger("quarkus.http.port", DEFAULT_PORT);
        if (isTaken(http)) {
            spec.commandLine().getErr().println("regstream serve: port " + http
                    + " is taken by another program; choose another with --port, 0 for any free one");
            return 1;
        }
        Quarkus.run();
        return 0;
    }

    /** Told before models are loaded: the HTTP port opens last. */
    private static boolean isTaken(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return !socket.isBound();
        } catch (BindException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void set(String key, Object value) {
        if (value != null) {
            System.setProperty(key, value.toString());
        }
    }
}
