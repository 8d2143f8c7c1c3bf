package org.regstream.service.line;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.regstream.core.alert.RegistrationFigures;
import org.regstream.core.assembly.AssembledVolume;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.assembly.FreshestVolumeGate;
import org.regstream.core.pipeline.Assessed;
import org.regstream.core.pipeline.AssessmentOutcome;
import org.regstream.core.pipeline.Registered;
import org.regstream.core.pipeline.Rejected;
import org.regstream.service.metrics.Stage;

/**
 * The second look at a procedure's volumes: the freshest registered one through the ensemble; its labels, maps and clinical
 * alerts to the sink. A volume that still waits when a newer one is registered is not assessed.
 *
 * <p>Thread-safe; one assessment runs at a time. {@link #offer} returns at once.
 */
final class AssessmentLine {

    private static final Logger LOG = Logger.getLogger(AssessmentLine.class);

    /** @param done completes when the broker has all that follows from the volume */
    private record Pending(Complete<HeldFrame> live, Registered registered, CompletableFuture<Void> done) {

        AssembledVolume volume() {
            return live.volume();
        }
    }

    private final KnownProcedure known;
    private final LineServices services;
    private final AssessmentServices own;
    private final AlertDesk alerts;
    private final ResultListener listener;
    private final AtomicLong sequence;
    private final FreshestVolumeGate<Pending> gate = new FreshestVolumeGate<>(p -> p.volume().acquiredAt());

    /** @param sequence of the procedure's labels, whichever network they come from */
    AssessmentLine(KnownProcedure known, LineServices services, AssessmentServices own, AlertDesk alerts,
            ResultListener listener, AtomicLong sequence) {
        this.known = known;
        this.services = services;
        this.own = own;
        this.alerts = alerts;
        this.listener = listener;
        this.sequence = sequence;
    }

    /** @return completes when the broker has all that follows, or a newer volume has taken its place */
    CompletionStage<Void> offer(Complete<HeldFrame> live, Registered registered) {
        Pending pending = new Pending(live, registered, new CompletableFuture<>());
        gate.offer(pending).ifPresent(this::onSuperseded);
        own.assessments().execute(this::work);
        return pending.done;
    }

    /** The procedure has ended. */
    void end() {
        gate.clear().ifPresent(waiting -> waiting.done.complete(null));
    }

    private void onSuperseded(Pending old) {
        services.metrics().countAssessmentSuperseded();
        old.done.complete(null);
    }

    private void work() {
        gate.poll().ifPresent(taken -> {
            try {
                process(taken).whenComplete((done, failure) -> complete(taken.done, failure));
            } finally {
                gate.finish();
            }
            if (gate.hasWaiting()) {
                own.assessments().execute(this::work);
            }
        });
    }

    private static void complete(CompletableFuture<Void> done, Throwable failure) {
        if (failure == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(failure);
        }
    }

    /** A bug must not end the procedure: this volume stays unassessed, aloud. */
    private CompletionStage<Void> process(Pending taken) {
        try {
            long start = System.nanoTime();
            AssessmentOutcome outcome = own.pipeline().assess(taken.registered);
            services.metrics().recordStage(Stage.ASSESS, Duration.ofNanos(System.nanoTime() - start));
            return outcome instanceof Rejected rejected
                    ? onFailed(taken.volume(), rejected.explanation())
                    : onAssessed(taken, (Assessed) outcome);
        } catch (RuntimeException e) {
            LOG.errorf(e, "procedure %s: assessment of volume %s failed", known.id(), taken.volume().volumeId());
            return onFailed(taken.volume(), "The service itself failed (" + e.getClass().getSimpleName() + ").");
        }
    }

    private CompletionStage<Void> onFailed(AssembledVolume volume, String reason) {
        services.metrics().countAssessmentFailure();
        return alerts.tell(p -> p.onNotAssessed(volume.volumeId(), volume.acquiredAt(),
                "How far the overlay can be trusted is not known: " + reason, services.clock().instant()));
    }

    private CompletionStage<Void> onAssessed(Pending taken, Assessed assessed) {
        services.metrics().recordStage(Stage.ENSEMBLE, assessed.modelTime());
        long start = System.nanoTime();
        EncodedAssessment objects = own.encoder().encode(known, taken.live, assessed);
        services.metrics().recordStage(Stage.ENCODE_ASSESSMENT, Duration.ofNanos(System.nanoTime() - start));
        CompletionStage<Void> published = publish(taken, assessed, objects);
        RegistrationFigures figures = assessed.figures(taken.volume().volumeId(), taken.volume().acquiredAt());
        CompletionStage<Void> told = alerts.tell(p -> p.onAssessed(figures, services.clock().instant()));
        return published.thenCombine(told, (a, b) -> a);
    }

    private CompletionStage<Void> publish(Pending taken, Assessed assessed, EncodedAssessment objects) {
        Instant lastSliceAt = HeldFrame.lastSentAt(taken.live.tokens());
        long number = sequence.incrementAndGet();
        LabelsResult result = new LabelsResult(LabelsSource.ENSEMBLE, known.id(), number, taken.volume(),
                objects.labels(), lastSliceAt, assessed.modelTime(), ResultFigures.of(assessed));
        listener.onAssessed(known, result, assessed);
        Stream<CompletionStage<Void>> labels = fits("labels", objects.labels())
                .map(fitting -> services.sink().publish(result))
                .stream();
        Stream<CompletionStage<Void>> maps = objects.maps().stream().flatMap(map -> fits(map.quantity(), map.object())
                .map(object -> services.sink()
                        .publish(new MapResult(known.id(), number, taken.volume(), map, lastSliceAt)))
                .stream());
        Stream<CompletionStage<Void>> field = objects.displacement().flatMap(object -> fits("field", object))
                .map(object -> services.sink().publish(new DisplacementResult(LabelsSource.ENSEMBLE, known.id(), number,
                        taken.volume(), object, lastSliceAt)))
                .stream();
        CompletableFuture<Void> all = CompletableFuture.allOf(Stream.of(labels, maps, field).flatMap(s -> s)
                .map(CompletionStage::toCompletableFuture).toArray(CompletableFuture<?>[]::new));
        all.thenRun(() -> services.metrics().recordAssessmentAge(services.since(lastSliceAt)));
        return all;
    }

    /** The student's labels were refused before if they were too large; a map that is too large is left out, aloud. */
    private Optional<EncodedObject> fits(String what, EncodedObject object) {
        if (object.dicom().length > services.maxObjectBytes()) {
            LOG.warnf(
                    "procedure %s: %s of %d bytes are not published, at most %d are; use a smaller region of interest",
                    known.id(), what, object.dicom().length, services.maxObjectBytes());
            return Optional.empty();
        }
        return Optional.of(object);
    }
}
