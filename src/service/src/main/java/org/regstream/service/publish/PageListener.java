package org.regstream.service.publish;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.regstream.core.alert.Alert;
import org.regstream.core.assembly.AssembledVolume;
import org.regstream.core.pipeline.Assessed;
import org.regstream.core.pipeline.Registered;
import org.regstream.service.line.KnownProcedure;
import org.regstream.service.line.LabelsSource;
import org.regstream.service.line.NoRegistration;
import org.regstream.service.line.ResultListener;
import org.regstream.service.page.PageFeed;
import org.regstream.service.page.PageResult;

/** Results and alerts to display pages. Thread-safe. */
public final class PageListener implements ResultListener {

    private static final Logger LOG = Logger.getLogger(PageListener.class);

    private final PageFeed feed;

    /** @param feed referenced, not owned */
    public PageListener(PageFeed feed) {
        this.feed = feed;
    }

    @Override
    public void onLabels(KnownProcedure known, long sequence, AssembledVolume live, Registered registered) {
        guarded(() -> feed.onResult(new PageResult(known.id(), sequence, LabelsSource.STUDENT,
                known.procedure().reference().structures(), live, validUntil(known, live), registered.labels(),
                registered::labelEntropy, Map.of())));
    }

    @Override
    public void onAssessed(KnownProcedure known, long sequence, AssembledVolume live, Assessed assessed) {
        guarded(() -> feed.onResult(new PageResult(known.id(), sequence, LabelsSource.ENSEMBLE,
                known.procedure().reference().structures(), live, validUntil(known, live), assessed.labels(),
                assessed::labelEntropy, predictedDice(assessed))));
    }

    private static Map<String, Double> predictedDice(Assessed assessed) {
        return assessed.structures().stream().filter(s -> s.predictedDice().isPresent()).collect(
                Collectors.toMap(s -> s.structure().name(), s -> s.predictedDice().getAsDouble()));
    }

    private static Instant validUntil(KnownProcedure known, AssembledVolume live) {
        return live.acquiredAt().plus(known.procedure().ageBudget());
    }

    @Override
    public void onNoRegistration(NoRegistration none) {
        guarded(() -> feed.onNoRegistration(none));
    }

    @Override
    public void onAlert(Alert alert) {
        guarded(() -> feed.onAlert(alert));
    }

    @Override
    public void onEnd(String procedureId) {
        guarded(() -> feed.onEnd(procedureId));
    }

    /** A bug in a display must not cost the broker a result. */
    private static void guarded(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException e) {
            LOG.error("pages were not told", e);
        }
    }
}
