package org.regstream.service.line;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.regstream.core.assembly.AssemblyPolicy;
import org.regstream.core.pipeline.RegistrationPipeline;
import org.regstream.service.metrics.PipelineMetrics;

/**
 * What all lines share.
 *
 * @param assembly      how frames become volumes
 * @param pipeline      registers
 * @param encoder       makes the published object
 * @param assessment    the second look; empty if the model package has no ensemble
 * @param sink          publishes
 * @param listener      is told beside the sink
 * @param alerts        what their alerts share
 * @param custody       acknowledges
 * @param metrics       counts
 * @param registrations the pool on which registrations run
 * @param clock         of this machine
 * @param maxObjectBytes largest object that can be handed out, on a topic or by reference
 */
public record LineServices(AssemblyPolicy assembly, RegistrationPipeline pipeline, LabelsEncoder encoder,
        Optional<AssessmentServices> assessment, ResultSink sink, ResultListener listener, AlertServices alerts,
        Custody custody,
        PipelineMetrics metrics,
        Executor registrations, Clock clock,
        long maxObjectBytes) {

    /** @return how long ago that was; none if the sender's clock is ahead of ours */
    Duration since(Instant sentAt) {
        Duration age = Duration.between(sentAt, clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }
}
