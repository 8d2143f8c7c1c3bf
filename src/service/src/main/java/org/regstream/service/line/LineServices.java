package org.regstream.service.line;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.regstream.core.alert.AlertSettings;
import org.regstream.core.assembly.AssemblyPolicy;
import org.regstream.core.line.LineRules;
import org.regstream.core.line.Network;
import org.regstream.core.pipeline.AssessmentPipeline;
import org.regstream.core.pipeline.RegistrationPipeline;

/**
 * What all lines share: the means to do what their states ask for.
 *
 * @param assembly       how frames become volumes
 * @param pipeline       the student
 * @param assessment     the ensemble; empty if the model package has none
 * @param encoder        makes the published objects
 * @param sink           publishes
 * @param listener       is told beside the sink
 * @param alerts         what their alerts share
 * @param custody        acknowledges
 * @param metrics        counts
 * @param threads        on which all of it runs
 * @param clock          of this machine
 * @param uptime         since any moment, by a clock that is never set
 * @param maxObjectBytes largest object that can be handed out, on a topic or by reference
 * @param recorders      are told of every step
 */
public record LineServices(AssemblyPolicy assembly, RegistrationPipeline pipeline,
        Optional<AssessmentPipeline> assessment, ResultEncoder encoder, ResultSink sink, ResultListener listener,
        AlertServices alerts, Custody custody, PipelineMetrics metrics, Threads threads, Clock clock,
        Supplier<Duration> uptime, long maxObjectBytes, EventRecorder.Maker recorders) {

    /**
     * @param lines         work through mailboxes; whatever runs there returns at once
     * @param registrations ask the student
     * @param assessments   ask the ensemble, apart so that no labels wait for it
     */
    public record Threads(Executor lines, Executor registrations, Executor assessments) {

        Executor of(Network network) {
            return network == Network.STUDENT ? registrations : assessments;
        }
    }

    LineRules rules(KnownProcedure known) {
        AlertSettings settings = AlertSettings.withAgeBudget(known.procedure().ageBudget())
                .with(alerts.pace(), alerts.receipts());
        return new LineRules(known.procedure(), known.digest(), assembly, pipeline.manifest().thresholds(), settings,
                assessment.isPresent(), maxObjectBytes, alerts.runId(), alerts.provider());
    }

    /** @return how long ago that was; none if the sender's clock is ahead of ours */
    Duration since(Instant sentAt) {
        Duration age = Duration.between(sentAt, clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }
}
