package org.regstream.service.line;

import org.jboss.logging.Logger;
import org.regstream.core.line.Effect.Noted;
import org.regstream.service.metrics.PipelineMetrics;
import org.regstream.service.metrics.Stage;

/** What is worth counting of one procedure, to metrics and log. Thread-safe. */
final class LineCounts {

    private static final Logger LOG = Logger.getLogger(LineCounts.class);

    private final String procedureId;
    private final LineServices services;

    LineCounts(String procedureId, LineServices services) {
        this.procedureId = procedureId;
        this.services = services;
    }

    void count(Noted what) {
        PipelineMetrics metrics = services.metrics();
        if (what instanceof Noted.Assembled assembled) {
            metrics.recordStage(Stage.ASSEMBLE, assembled.span());
        } else if (what instanceof Noted.Refused refused) {
            metrics.countRefused(refused.rule());
            LOG.infof("procedure %s: volume refused: %s", procedureId, refused.reason());
        } else if (what instanceof Noted.Superseded) {
            metrics.countSuperseded();
        } else if (what instanceof Noted.AssessmentSuperseded) {
            metrics.countAssessmentSuperseded();
        } else if (what instanceof Noted.AssessmentFailed) {
            metrics.countAssessmentFailure();
        } else if (what instanceof Noted.TooLarge large) {
            LOG.warnf(
                    "procedure %s: %s of %d bytes is not published, at most %d are; use a smaller region of interest, or raise"
                            + " regstream.dicomweb.results-bytes",
                    procedureId, large.what(), large.bytes(),
                    services.maxObjectBytes());
        }
    }
}
