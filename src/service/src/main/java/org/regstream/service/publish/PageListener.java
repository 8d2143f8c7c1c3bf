package org.regstream.service.publish;

import java.util.function.Supplier;
import org.regstream.core.alert.Alert;
import org.regstream.core.pipeline.Assessed;
import org.regstream.core.pipeline.Registered;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.service.line.KnownProcedure;
import org.regstream.service.line.LabelsResult;
import org.regstream.service.line.NoRegistration;
import org.regstream.service.line.ResultListener;
import org.regstream.service.page.PageFeed;
import org.regstream.service.page.PageResult;

/** Results and alerts to display pages. Thread-safe. */
public final class PageListener implements ResultListener {

    private final PageFeed feed;

    /** @param feed referenced, not owned */
    public PageListener(PageFeed feed) {
        this.feed = feed;
    }

    @Override
    public void onLabels(KnownProcedure known, LabelsResult result, Registered registered) {
        feed.onResult(pageResult(known, result, registered.labels(), registered::labelEntropy));
    }

    @Override
    public void onAssessed(KnownProcedure known, LabelsResult result, Assessed assessed) {
        feed.onResult(pageResult(known, result, assessed.labels(), assessed::labelEntropy));
    }

    private static PageResult pageResult(KnownProcedure known, LabelsResult result, LabelMap labels,
            Supplier<Volume> uncertainty) {
        return new PageResult(known.id(), result.labels().uid(), result.sequence(), result.source(),
                known.procedure().reference().structures(), result.live(),
                result.live().acquiredAt().plus(known.procedure().ageBudget()), labels, uncertainty,
                result.predictedDice());
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
