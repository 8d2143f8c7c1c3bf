package org.regstream.service.publish;

import java.time.Duration;
import org.regstream.core.alert.Alert;
import org.regstream.core.line.Heartbeat;
import org.regstream.core.line.Labels;
import org.regstream.core.line.NoRegistration;
import org.regstream.core.line.Result;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.pipeline.Overlay;
import org.regstream.service.line.ReliabilityMap;
import org.regstream.service.line.ResultListener;
import org.regstream.service.page.PageFeed;
import org.regstream.service.page.PageResult;

/** Results and alerts to display pages. Thread-safe. */
public final class PageListener implements ResultListener {

    private final PageFeed feed;
    private final ModelManifest manifest;

    /** @param feed     referenced, not owned
     *  @param manifest of the package in use */
    public PageListener(PageFeed feed, ModelManifest manifest) {
        this.feed = feed;
        this.manifest = manifest;
    }

    @Override
    public void onResult(Result result) {
        if (result instanceof Labels labels) {
            feed.onResult(pageResult(labels));
        } else if (result instanceof NoRegistration none) {
            feed.onNoRegistration(none);
        }
    }

    private PageResult pageResult(Labels labels) {
        Overlay overlay = labels.overlay();
        return new PageResult(labels.procedureId(), labels.objects().labels().uid(), labels.sequence(),
                labels.network(), labels.structures(), labels.live(), labels.validUntil(), overlay.labels(),
                () -> ReliabilityMap.UNCERTAINTY.onLive(overlay), () -> SecondOpinion.of(overlay, manifest),
                labels.figures());
    }

    /** A page has a heartbeat of its own. */
    @Override
    public void onHeartbeat(Heartbeat beat) {}

    @Override
    public void onAlert(Alert alert) {
        feed.onAlert(alert);
    }

    @Override
    public void onClockSetBack(String procedureId, Duration step) {
        feed.onClockSetBack(procedureId, step);
    }

    @Override
    public void onEnd(String procedureId) {
        feed.onEnd(procedureId);
    }
}
