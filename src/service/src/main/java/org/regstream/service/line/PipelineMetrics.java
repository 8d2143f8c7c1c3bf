package org.regstream.service.line;

import java.time.Duration;

/** What the pipeline reports about itself. May be called from any thread; never throws; carries no identifiers. */
public interface PipelineMetrics {

    void recordStage(Stage stage, Duration duration);

    /** @param age time from the last slice of a volume to its result at the broker */
    void recordAge(Duration age);

    /** @param age time from the last slice of a volume to all of its assessment at the broker */
    void recordAssessmentAge(Duration age);

    /** A registered volume was not assessed, because a newer one was registered while it waited. */
    void countAssessmentSuperseded();

    /** A registered volume was not assessed, because that failed. */
    void countAssessmentFailure();

    /** A volume's labels are at the broker. */
    void countPublished();

    /** A waiting volume was replaced by a newer one. */
    void countSuperseded();

    /** @param reason a fixed word, not a message */
    void countDeadLettered(String reason);

    /** @param rule name of the rule that refused a volume, at assembly or at registration */
    void countRefused(String rule);

    /** A display's receipt was of no procedure here. */
    void countReceiptUnused();

    /** A record could not be used, and was passed over. */
    void countSetAside(String topic);

    /** A heartbeat could not be handed to the broker; it is not tried again. */
    void countHeartbeatLost();

    /** A result could not be handed to the broker and will be tried again. */
    void countPublishFailure();
}
