package org.regstream.service.line;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.regstream.core.alert.Acknowledgement;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.RegistrationFigures;
import org.regstream.core.align.Pose;
import org.regstream.core.assembly.AssembledVolume;
import org.regstream.core.assembly.AssemblyOutcome;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.assembly.AssemblyOutcome.Late;
import org.regstream.core.assembly.AssemblyOutcome.Refused;
import org.regstream.core.assembly.AssemblyRefusal;
import org.regstream.core.assembly.Frame;
import org.regstream.core.assembly.FrameAssembler;
import org.regstream.core.assembly.FreshestVolumeGate;
import org.regstream.core.pipeline.Registered;
import org.regstream.core.pipeline.RegistrationOutcome;
import org.regstream.core.pipeline.Rejected;
import org.regstream.core.procedure.Procedure;
import org.regstream.service.metrics.Stage;

/**
 * One procedure at work: frames into volumes, the freshest volume through the pipeline, its result to the sink, then through
 * the ensemble if the package has one, and its frames back to custody once the broker has all results. Owns the procedure's assembler, gate and alert policy.
 *
 * <p>Thread-safe; one registration runs at a time. {@link #offer} and {@link #tick} return quickly.
 */
public final class ProcedureLine {

    private static final Logger LOG = Logger.getLogger(ProcedureLine.class);

    private final KnownProcedure known;
    private final Procedure procedure;
    private final LineServices services;
    private final FrameAssembler<HeldFrame> assembler;
    private final FreshestVolumeGate<Complete<HeldFrame>> gate = new FreshestVolumeGate<>(
            complete -> complete.volume().acquiredAt());
    private final ResultListener listener;
    private final AlertDesk alerts;
    private final Optional<AssessmentLine> assessment;
    private final AtomicLong sequence = new AtomicLong();
    /** Of the latest registered volume: where automatic alignment looks first. Used by one registration at a time. */
    private volatile Optional<Pose> lastPose = Optional.empty();
    /** Of the latest frame. */
    private volatile int partition = -1;

    public ProcedureLine(KnownProcedure known, LineServices services) {
        this.known = known;
        this.procedure = known.procedure();
        this.services = services;
        this.assembler = new FrameAssembler<>(services.assembly());
        this.listener = new UntilEnd(services.listener());
        this.alerts = new AlertDesk(known, services, listener);
        this.assessment = services.assessment()
                .map(own -> new AssessmentLine(known, services, own, alerts, listener, sequence));
    }

    /** @param held taken into custody; settled by this line, once for each frame */
    public void offer(Frame frame, HeldFrame held) {
        partition = held.partition();
        alerts.live();
        AssemblyOutcome<HeldFrame> outcome;
        synchronized (assembler) {
            outcome = assembler.offer(frame, held, services.clock().instant());
        }
        follow(outcome);
    }

    /** Time has passed: closes volumes whose time is over, tells of stale results. To be called a few times a second. */
    public void tick() {
        List<AssemblyOutcome<HeldFrame>> overdue;
        synchronized (assembler) {
            overdue = assembler.expire(services.clock().instant());
        }
        overdue.forEach(this::follow);
        alerts.tick(new Heartbeat.Queue(assembler.heldFrames(), gate.hasWaiting() ? 1 : 0));
    }

    /** Whether the latest frame came from one of these partitions. */
    public boolean isFedFrom(Collection<Integer> partitions) {
        return partitions.contains(partition);
    }

    /** The procedure has ended: what waits is given back, open alerts are cleared. */
    public void end() {
        assembler.expire(Instant.MAX).forEach(this::abandon);
        gate.clear().ifPresent(this::abandon);
        assessment.ifPresent(AssessmentLine::end);
        alerts.end();
        listener.onEnd(procedure.id());
    }

    /** Another instance tells of the procedure from now on: whoever is told here is told that this is the end. */
    public void leave() {
        alerts.leave();
        listener.onEnd(procedure.id());
    }

    public KnownProcedure known() {
        return known;
    }

    /** @return the latest alert of each that is not over, in the order they began */
    public List<Alert> openAlerts() {
        return alerts.open();
    }

    /**
     * Somebody takes note of an alert, from now on.
     *
     * @return the alert as it stands now, once broker and successors know it; empty if no such alert is open
     * @throws IllegalArgumentException if the name or the length is out of range
     */
    public CompletionStage<Optional<Alert>> acknowledge(String alertId, String by, Duration length) {
        Instant now = services.clock().instant();
        AlertDesk.Seen seen = alerts.acknowledge(alertId, new Acknowledgement(by, now, now.plus(length)));
        return seen.kept().thenApply(kept -> seen.told().stream().reduce((before, last) -> last));
    }

    /** A display confirms what it shows. */
    public void onReceipt(Receipt receipt) {
        alerts.receipt(receipt);
    }

    /** @return those of the open alerts that are told from here */
    public List<Alert> toldAlerts() {
        return alerts.told();
    }

    /** @return how many of those are kept because they came and went too often */
    public long cappedAlerts() {
        return alerts.capped();
    }

    private void follow(AssemblyOutcome<HeldFrame> outcome) {
        if (outcome instanceof Complete<HeldFrame> complete) {
            onComplete(complete);
        } else if (outcome instanceof Refused<HeldFrame> refused) {
            onRefused(refused);
        } else if (outcome instanceof Late<HeldFrame> late) {
            services.custody().settle(List.of(late.token()));
        }
    }

    private void onComplete(Complete<HeldFrame> complete) {
        services.metrics().recordStage(Stage.ASSEMBLE, span(complete.tokens()));
        gate.offer(complete).ifPresent(this::onSuperseded);
        services.registrations().execute(this::work);
    }

    private void onRefused(Refused<HeldFrame> refused) {
        if (refused.tokens().stream().noneMatch(services.custody()::holds)) {
            LOG.debugf("procedure %s: an unfinished volume went to another instance with its partition",
                    procedure.id());
            return;
        }
        services.metrics().countRefused(refused.refusal().rule().code());
        LOG.infof("procedure %s: volume refused: %s", procedure.id(), refused.refusal());
        AssemblyRefusal refusal = refused.refusal();
        CompletionStage<Void> none = publishNone(Optional.empty(), refusal.acquiredAt(), AlertCode.of(refusal.rule()),
                refusal.rule().code(), refusal.rule().sentence());
        settleAfter(alerts.tell(p -> p.onRefused(refusal, services.clock().instant())).thenCombine(none, (a, b) -> a),
                refused.tokens());
    }

    private void onSuperseded(Complete<HeldFrame> old) {
        services.metrics().countSuperseded();
        AssembledVolume volume = old.volume();
        settleAfter(alerts.tell(
                p -> p.onSuperseded(volume.volumeId(), volume.acquiredAt(), services.clock().instant())), old.tokens());
    }

    private void work() {
        gate.poll().ifPresent(taken -> {
            try {
                settleAfter(process(taken), taken.tokens());
            } finally {
                gate.finish();
            }
            if (gate.hasWaiting()) {
                services.registrations().execute(this::work);
            }
        });
    }

    /** A bug must not end the procedure: it fails this volume, aloud. */
    private CompletionStage<Void> process(Complete<HeldFrame> taken) {
        try {
            Optional<String> fault = procedure.geometryFault(taken.volume());
            if (fault.isPresent()) {
                return onWrongGeometry(taken.volume(), "frame-of-reference", fault.get());
            }
            Optional<String> wrongSide = known.sideFault(HeldFrame.headers(taken.tokens()));
            return wrongSide.isPresent()
                    ? onWrongGeometry(taken.volume(), "laterality", wrongSide.get())
                    : register(taken);
        } catch (RuntimeException e) {
            LOG.errorf(e, "procedure %s: registration of volume %s failed", procedure.id(), taken.volume().volumeId());
            return onRejected(taken.volume(), "internal-fault",
                    "The registration failed inside the service (" + e.getClass().getSimpleName() + ").");
        }
    }

    private CompletionStage<Void> register(Complete<HeldFrame> taken) {
        services.metrics().recordStage(Stage.WAIT, services.since(HeldFrame.lastSentAt(taken.tokens())));
        long start = System.nanoTime();
        RegistrationOutcome outcome = services.pipeline().register(procedure.reference(), taken.volume().volume(),
                lastPose);
        services.metrics().recordStage(Stage.REGISTER, Duration.ofNanos(System.nanoTime() - start));
        return outcome instanceof Rejected rejected
                ? onRejected(taken.volume(), rejected.reason().name(), rejected.explanation())
                : onRegistered(taken, (Registered) outcome);
    }

    private CompletionStage<Void> onRegistered(Complete<HeldFrame> taken, Registered registered) {
        lastPose = Optional.of(registered.placement().pose());
        services.metrics().recordStage(Stage.MODEL, registered.modelTime());
        long start = System.nanoTime();
        EncodedObject labels = services.encoder().encode(known, taken, registered);
        services.metrics().recordStage(Stage.ENCODE, Duration.ofNanos(System.nanoTime() - start));
        if (labels.dicom().length > services.maxObjectBytes()) {
            return onRejected(taken.volume(), "value-too-large", String.format(
                    "The labels take %d bytes, at most %d are published; use a smaller region of interest.",
                    labels.dicom().length, services.maxObjectBytes()));
        }
        Instant lastSliceAt = HeldFrame.lastSentAt(taken.tokens());
        long number = sequence.incrementAndGet();
        LabelsResult result = new LabelsResult(LabelsSource.STUDENT, procedure.id(), number, taken.volume(), labels,
                lastSliceAt, registered.modelTime(), ResultFigures.of(registered));
        CompletionStage<Void> published = services.sink().publish(result);
        listener.onLabels(known, result, registered);
        published.thenRun(() -> onPublished(lastSliceAt));
        CompletionStage<Void> judged = judge(taken, registered);
        return published.thenCombine(judged, (a, b) -> a)
                .thenCombine(publishField(taken, registered, number, lastSliceAt), (a, b) -> a);
    }

    /** Without it the labels are as good as before. */
    private CompletionStage<Void> publishField(Complete<HeldFrame> taken, Registered registered, long number,
            Instant lastSliceAt) {
        try {
            return services.encoder().displacement(known, taken, registered).filter(this::fits)
                    .map(field -> services.sink().publish(new DisplacementResult(LabelsSource.STUDENT, procedure.id(),
                            number, taken.volume(), field, lastSliceAt)))
                    .orElseGet(() -> CompletableFuture.completedStage(null));
        } catch (RuntimeException e) {
            LOG.errorf(e, "procedure %s: the field of volume %s is not published", procedure.id(),
                    taken.volume().volumeId());
            return CompletableFuture.completedStage(null);
        }
    }

    private boolean fits(EncodedObject field) {
        boolean fits = field.dicom().length <= services.maxObjectBytes();
        if (!fits) {
            LOG.warnf("procedure %s: a field of %d bytes is not published, at most %d are; raise"
                    + " regstream.dicomweb.results-bytes", procedure.id(), field.dicom().length,
                    services.maxObjectBytes());
        }
        return fits;
    }

    /** By the ensemble if there is one: its figures know more, and two verdicts on one volume would contradict each other. */
    private CompletionStage<Void> judge(Complete<HeldFrame> taken, Registered registered) {
        AssembledVolume volume = taken.volume();
        if (assessment.isEmpty()) {
            RegistrationFigures figures = registered.figures(volume.volumeId(), volume.acquiredAt());
            return alerts.tell(p -> p.evaluate(figures, services.clock().instant()));
        }
        CompletionStage<Void> told = alerts
                .tell(p -> p.onLabels(volume.volumeId(), volume.acquiredAt(), services.clock().instant()));
        return assessment.get().offer(taken, registered).thenCombine(told, (a, b) -> a);
    }

    private void onPublished(Instant lastSliceAt) {
        services.metrics().countPublished();
        services.metrics().recordAge(services.since(lastSliceAt));
    }

    private CompletionStage<Void> onRejected(AssembledVolume volume, String rule, String reason) {
        services.metrics().countRefused(rule);
        CompletionStage<Void> none = publishNone(Optional.of(volume.volumeId()), volume.acquiredAt(),
                AlertCode.NO_VALID_REGISTRATION, rule, reason);
        return alerts
                .tell(p -> p.onRejected(volume.volumeId(), volume.acquiredAt(), reason, services.clock().instant()))
                .thenCombine(none, (a, b) -> a);
    }

    private CompletionStage<Void> publishNone(Optional<String> volumeId, Instant acquiredAt, AlertCode code,
            String rule,
            String reason) {
        NoRegistration none = new NoRegistration(procedure.id(), sequence.incrementAndGet(), volumeId, acquiredAt, code,
                rule, reason, services.clock().instant());
        listener.onNoRegistration(none);
        return services.sink().publish(none);
    }

    private CompletionStage<Void> onWrongGeometry(AssembledVolume volume, String rule, String reason) {
        services.metrics().countRefused(rule);
        CompletionStage<Void> none = publishNone(Optional.of(volume.volumeId()), volume.acquiredAt(),
                AlertCode.WRONG_GEOMETRY, rule, reason);
        return alerts.tell(
                p -> p.onWrongGeometry(volume.volumeId(), volume.acquiredAt(), reason, services.clock().instant()))
                .thenCombine(none, (a, b) -> a);
    }

    private void settleAfter(CompletionStage<Void> published, List<HeldFrame> frames) {
        published.whenComplete((done, failure) -> {
            if (failure == null) {
                services.custody().settle(frames);
            } else {
                LOG.errorf(failure, "procedure %s: %d frames stay unacknowledged and come again after the next start",
                        procedure.id(), frames.size());
            }
        });
    }

    private void abandon(AssemblyOutcome<HeldFrame> outcome) {
        if (outcome instanceof Complete<HeldFrame> complete) {
            services.custody().settle(complete.tokens());
        } else if (outcome instanceof Refused<HeldFrame> refused) {
            services.custody().settle(refused.tokens());
        }
    }

    private static Duration span(List<HeldFrame> frames) {
        Instant first = frames.stream().map(HeldFrame::sentAt).min(Comparator.naturalOrder()).orElseThrow();
        return Duration.between(first, HeldFrame.lastSentAt(frames));
    }
}
