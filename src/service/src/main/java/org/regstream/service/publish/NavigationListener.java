package org.regstream.service.publish;

import java.time.Instant;
import java.util.Map;
import org.regstream.core.alert.Alert;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.pipeline.Assessed;
import org.regstream.core.pipeline.Registered;
import org.regstream.service.igtl.server.NavigationFeed;
import org.regstream.service.igtl.server.NavigationResult;
import org.regstream.service.line.KnownProcedure;
import org.regstream.service.line.LabelsResult;
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
    public void onLabels(KnownProcedure known, LabelsResult result, Registered registered) {
        feed.onResult(new NavigationResult(known.id(), result.sequence(),
                known.procedure().reference().structures(), result.live(), validUntil(known, result),
                registered.labels(), () -> ReliabilityMap.UNCERTAINTY.onLive(registered.overlay()),
                registered.choice().field(),
                registered.placement(), "student",
                origin(result, manifest.digest())));
    }

    @Override
    public void onAssessed(KnownProcedure known, LabelsResult result, Assessed assessed) {
        feed.onResult(new NavigationResult(known.id(), result.sequence(),
                known.procedure().reference().structures(), result.live(), validUntil(known, result), assessed.labels(),
                () -> ReliabilityMap.UNCERTAINTY.onLive(assessed.overlay()), assessed.choice().field(),
                assessed.placement(), "ensemble",
                origin(result, manifest.assessorDigest())));
    }

    private Map<String, String> origin(LabelsResult result, String digest) {
        return Map.of("modelId", manifest.id(), "modelDigest", digest, "labelSource",
                Words.of(result.figures().labelSource()), "field", Words.of(result.figures().field()));
    }

    private static Instant validUntil(KnownProcedure known, LabelsResult result) {
        return result.live().acquiredAt().plus(known.procedure().ageBudget());
    }

    @Override
    public void onAlert(Alert alert) {
        feed.onAlert(alert);
    }

    @Override
    public void onEnd(String procedureId) {
        feed.onEnd(procedureId);
    }
}
