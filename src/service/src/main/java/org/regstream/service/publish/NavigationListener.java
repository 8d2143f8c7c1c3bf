package org.regstream.service.publish;

import java.time.Duration;
import java.util.Map;
import org.regstream.core.alert.Alert;
import org.regstream.core.line.Heartbeat;
import org.regstream.core.line.Labels;
import org.regstream.core.line.NoRegistration;
import org.regstream.core.line.Result;
import org.regstream.core.model.ModelManifest;
import org.regstream.service.igtl.server.NavigationFeed;
import org.regstream.service.igtl.server.NavigationResult;
import org.regstream.service.line.ReliabilityMap;
import org.regstream.service.line.ResultListener;
import org.regstream.service.wire.Words;

/** Results and alerts to navigation systems. Thread-safe. */
public final class NavigationListener implements ResultListener {

    private final NavigationFeed feed;
    private final ModelManifest manifest;

    /** @param feed referenced, not owned */
    public NavigationListener(NavigationFeed feed, ModelManifest manifest) {
        this.feed = feed;
        this.manifest = manifest;
    }

    @Override
    public void onResult(Result result) {
        if (result instanceof Labels labels) {
            feed.onResult(navigationResult(labels));
        } else if (result instanceof NoRegistration none) {
            feed.onNothingValid(none.procedureId(), none.acquiredAt(), none.at());
        }
    }

    private NavigationResult navigationResult(Labels labels) {
        return new NavigationResult(labels.procedureId(), labels.sequence(), labels.structures(), labels.live(),
                labels.validUntil(), labels.overlay().labels(),
                () -> ReliabilityMap.UNCERTAINTY.onLive(labels.overlay()), labels.overlay().choice().field(),
                labels.placement(), labels.network().word(), origin(labels));
    }

    private Map<String, String> origin(Labels labels) {
        return Map.of("modelId", manifest.id(), "modelDigest", EventFactory.digest(manifest, labels.network()),
                "labelSource", Words.of(labels.figures().labelSource()), "field", Words.of(labels.figures().field()));
    }

    @Override
    public void onAlert(Alert alert) {
        feed.onAlert(alert);
    }

    /** The server has a heartbeat of its own. */
    @Override
    public void onHeartbeat(Heartbeat beat) {}

    @Override
    public void onClockSetBack(String procedureId, Duration step) {
        feed.onClockSetBack(procedureId, step);
    }

    @Override
    public void onEnd(String procedureId) {
        feed.onEnd(procedureId);
    }
}
