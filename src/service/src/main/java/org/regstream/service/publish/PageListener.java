package org.regstream.service.publish;

import org.regstream.core.alert.Alert;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.pipeline.Assessed;
import org.regstream.core.pipeline.Overlay;
import org.regstream.core.pipeline.Registered;
import org.regstream.service.line.KnownProcedure;
import org.regstream.service.line.LabelsResult;
import org.regstream.service.line.NoRegistration;
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
    public void onLabels(KnownProcedure known, LabelsResult result, Registered registered) {
        feed.onResult(pageResult(known, result, registered.overlay()));
    }

    @Override
    public void onAssessed(KnownProcedure known, LabelsResult result, Assessed assessed) {
        feed.onResult(pageResult(known, result, assessed.overlay()));
    }

    private PageResult pageResult(KnownProcedure known, LabelsResult result, Overlay overlay) {
        return new PageResult(known.id(), result.labels().uid(), result.sequence(), result.source(),
                known.procedure().reference().structures(), result.live(),
                result.live().acquiredAt().plus(known.procedure().ageBudget()), overlay.labels(),
                () -> ReliabilityMap.UNCERTAINTY.onLive(overlay),
                () -> SecondOpinion.of(overlay, manifest), result.figures());
    }

    @Override
    public void onNoRegistration(NoRegistration none) {
        feed.onNoRegistration(none);
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
