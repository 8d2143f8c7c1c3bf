package org.regstream.service;

import io.quarkus.runtime.Quarkus;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serve}: the service, until it is told to stop. Options become the settings of the same meaning. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Runs the service against a Kafka broker.")
class ServeCommand implements Runnable {

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
    public void run() {
        settings.forEach(System::setProperty);
        set("kafka.bootstrap.servers", bootstrap);
        set("regstream.model.package", model);
        set("regstream.model.provider", provider);
        set("quarkus.http.port", port);
        Quarkus.run();
    }

    private static void set(String key, Object value) {
        if (value != null) {
            System.setProperty(key, value.toString());
        }
    }
}
