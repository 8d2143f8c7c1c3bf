package org.regstream.service.wiring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.regstream.core.alert.Alert;
import org.regstream.core.model.ModelManifest;
import org.regstream.navigation.server.NavigationFeed;
import org.regstream.navigation.server.NavigationServer;
import org.regstream.navigation.server.NavigationSettings;
import org.regstream.service.config.RegstreamSettings;
import org.regstream.service.line.ResultListener;
import org.regstream.service.metrics.MicrometerNavigationMetrics;
import org.regstream.service.publish.NavigationListener;
import org.regstream.wire.AlertEvent;

/**
 * The OpenIGTLink server, or nobody where it is off.
 *
 * @param listener told of results and alerts
 * @param onClose  stops the server
 */
record Navigation(ResultListener listener, Runnable onClose) implements AutoCloseable {

    /** @throws org.regstream.core.ConfigurationException if a setting is wrong or the port is taken */
    static Navigation open(RegstreamSettings.Navigation settings, ModelManifest manifest, MeterRegistry registry,
            Clock clock) {
        if (!settings.enabled()) {
            return new Navigation(ResultListener.NOBODY, () -> {
            });
        }
        NavigationServer server = NavigationServer.start(settings(settings), new MicrometerNavigationMetrics(registry),
                clock);
        Gauge.builder("regstream.navigation.clients", server::clients).register(registry);
        NavigationFeed feed = new NavigationFeed(server, settings.procedure(), alert -> json(alert, manifest), clock);
        feed.start();
        return new Navigation(new NavigationListener(feed, manifest), server::close);
    }

    private static NavigationSettings settings(RegstreamSettings.Navigation s) {
        return new NavigationSettings(s.host(), s.port(), s.maxClients(), s.maxReceivedBytes().asLongValue(),
                s.maxMessageBytes().asLongValue(), s.readTimeout(), s.writeTimeout(), s.heartbeat(), s.procedure());
    }

    private static String json(Alert alert, ModelManifest manifest) {
        return new String(AlertEvent.of(alert, manifest).toJson(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        onClose.run();
    }
}
