package org.regstream.core.line;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.align.Pose;
import org.regstream.core.assembly.AssembledVolume;
import org.regstream.core.assembly.AssemblyOutcome;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.assembly.AssemblyOutcome.Late;
import org.regstream.core.assembly.AssemblyOutcome.Refused;
import org.regstream.core.assembly.AssemblyRefusal;
import org.regstream.core.assembly.Frame;
import org.regstream.core.assembly.FrameAssembler;
import org.regstream.core.line.Due.ALook;
import org.regstream.core.line.Due.AResult;
import org.regstream.core.line.Effect.Noted;
import org.regstream.core.line.Event.Answer;
import org.regstream.core.line.Event.Answer.Found;
import org.regstream.core.line.Event.Answer.Nothing;
import org.regstream.core.pipeline.Seen;

/**
 * A procedure whose frames are taken: frames into volumes, the freshest volume to the student, its labels out, then to the ensemble if the package has one, and its
 * frames back once the broker has all that follows from it. A volume that waits for the ensemble when a newer one is registered is not assessed.
 */
final class Gathering<T extends Token> implements Life<T> {

    /**
     * A volume in hand.
     *
     * @param student what the student saw; empty until it has, and in a replay
     * @param since   uptime when it began to wait for its network
     */
    private record InHand<T extends Token>(long ticket, Complete<T> live, Optional<Seen> student, Duration since) {

        AssembledVolume volume() {
            return live.volume();
        }
    }

    /** A smaller one is a clock that is slewed, or a process that was paused between two readings. */
    private static final Duration LEAST_STEP = Duration.ofMillis(500);
    private static final Duration TOLD_STEP = Duration.ofSeconds(5);
    /** Between two events, which come at least ten times a second while this process is not held up. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    private final LineRules rules;
    private final FrameAssembler<T> assembler;
    private final Turns<InHand<T>> registrations = new Turns<>(v -> v.volume().acquiredAt());
    private final Turns<InHand<T>> assessments = new Turns<>(v -> v.volume().acquiredAt());
    private final AlertTeller<T> alerts;
    /** How long the volume that is looked at has waited for it. */
    private final Map<Network, Duration> queued = new EnumMap<>(Network.class);
    private final Debts<T> debts = new Debts<>();
    private final ResultRow row = new ResultRow();
    private Optional<Moment> latest = Optional.empty();
    /** How much of the broker's present silence frames have been spared. */
    private Duration spared = Duration.ZERO;
    /** Of the latest frame: its record's time stamp minus its acquisition time as the scanner dates it. */
    private Duration lag = Duration.ZERO;
    /** Of the latest frame. */
    private Optional<Integer> partition = Optional.empty();
    /** Of the latest volume that the student registered. */
    private Optional<Pose> pose = Optional.empty();
    /** Of the latest volume whose image shows how the patient lies. */
    private Optional<Sight> lying = Optional.empty();
    private long sequence;
    private long ticket;

    Gathering(LineRules rules, long lastSequence) {
        this.rules = rules;
        this.assembler = new FrameAssembler<>(rules.assembly(), Token::partition);
        this.alerts = new AlertTeller<>(rules);
        this.sequence = lastSequence;
    }

    @Override
    public Step<T> step(Event<T> event, Moment at) {
        Effects<T> out = new Effects<>();
        latest.ifPresent(before -> followStream(before, at));
        followClock(at, out);
        if (event instanceof Event.Deleted<T>) {
            return new Step<>(end(at, out), out.all());
        }
        if (event instanceof Event.Stopped<T>) {
            alerts.letGo(at, out);
            out.add(new Effect.ShowEnd<>());
            return new Step<>(new Left<>(debts, sequence), out.all());
        }
        handle(event, at, out);
        debts.alertsAreToldElsewhere(alerts::isToTell);
        debts.settle(out);
        for (Network network : Network.values()) {
            if (turns(network).asks()) {
                out.add(new Effect.Ask<>(network));
            }
        }
        row.next().ifPresent(result -> out.add(new Effect.Publish<>(result)));
        alerts.drain(out);
        return new Step<>(this, out.all());
    }

    @Override
    public View view(Instant now) {
        return alerts.view(now, sequence, assembler.heldBytes());
    }

    private void handle(Event<T> event, Moment at, Effects<T> out) {
        if (event instanceof Event.FrameCame<T> came) {
            onFrame(came, at, out);
        } else if (event instanceof Event.Tick<T>) {
            onTick(at, out);
        } else if (event instanceof Event.Turn<T> turn) {
            onTurn(turn.network(), at, out);
        } else if (event instanceof Event.Looked<T> looked) {
            onLooked(looked, at, out);
        } else if (event instanceof Event.Passed<T> passed) {
            row.passed(passed.sequence());
        } else if (event instanceof Event.Published<T> published) {
            row.done(published.sequence());
            debts.paid(new AResult(published.sequence()));
        } else if (event instanceof Event.Unpublishable<T> unpublishable) {
            onUnpublishable(unpublishable, at, out);
        } else if (event instanceof Event.Told<T> told) {
            alerts.told(told.alertId(), told.sequence(), at, out);
            debts.told(told.alertId(), told.sequence());
        } else if (event instanceof Event.Kept<T> kept) {
            alerts.kept(kept.version(), at);
            debts.kept(kept.version());
        } else if (event instanceof Event.Confirmed<T> confirmed) {
            alerts.confirmed(confirmed.receipt(), at, out);
        } else if (event instanceof Event.Acknowledged<T> acknowledged) {
            onAcknowledged(acknowledged, at, out);
        } else if (event instanceof Event.Pressed<T>) {
            assembler.giveUpLargest(at.now()).ifPresent(outcome -> follow(outcome, at, out));
        } else if (event instanceof Event.Revoked<T> revoked) {
            onRevoked(revoked.partitions(), at, out);
        }
    }

    private void onFrame(Event.FrameCame<T> came, Moment at, Effects<T> out) {
        Frame frame = came.frame();
        partition = Optional.of(came.token().partition());
        lag = Duration.between(frame.acquiredAt(), came.token().sentAt());
        alerts.live(at, out);
        alerts.newestResult().ifPresent(registrations::notBefore);
        follow(assembler.offer(frame.acquiredNotAfter(came.token().sentAt()), came.token(), at.now()), at, out);
    }

    private void onTick(Moment at, Effects<T> out) {
        assembler.expire(at.now()).forEach(outcome -> follow(outcome, at, out));
        alerts.tick(new Heartbeat.Queue(assembler.heldFrames(), registrations.hasWaiting() ? 1 : 0), at, out);
    }

    private void follow(AssemblyOutcome<T> outcome, Moment at, Effects<T> out) {
        if (outcome instanceof Complete<T> complete) {
            onComplete(complete, at, out);
        } else if (outcome instanceof Refused<T> refused) {
            onRefused(refused, at, out);
        } else if (outcome instanceof Late<T> late) {
            out.add(new Effect.Settle<>(List.of(late.token())));
        }
    }

    private void onComplete(Complete<T> complete, Moment at, Effects<T> out) {
        out.note(new Noted.Assembled(Duration.between(firstSentAt(complete), Token.lastSentAt(complete.tokens()))));
        InHand<T> volume = new InHand<>(open(complete.tokens()), complete, Optional.empty(), at.uptime());
        debts.owe(volume.ticket(), new ALook(volume.ticket(), Network.STUDENT));
        debts.owe(volume.ticket(), alerts.tell(p -> p.onDated(volume.volume().volumeId(),
                volume.volume().acquiredAt(), lag, at.now()), at, out));
        registrations.offer(volume).ifPresent(old -> onSuperseded(old, at, out));
    }

    private void onRefused(Refused<T> refused, Moment at, Effects<T> out) {
        AssemblyRefusal refusal = refused.refusal();
        out.note(new Noted.Refused(refusal.rule().code(), refusal.toString()));
        long debt = open(refused.tokens());
        publishNone(debt, Optional.empty(), refusal.acquiredAt(), new Nothing(AlertCode.of(refusal.rule()),
                refusal.rule().code(), refusal.rule().sentence()), at, out);
        debts.owe(debt, alerts.tell(p -> p.onRefused(refusal, at.now()), at, out));
    }

    private void onSuperseded(InHand<T> old, Moment at, Effects<T> out) {
        out.note(new Noted.Superseded());
        AssembledVolume volume = old.volume();
        debts.owe(old.ticket(), alerts.tell(
                p -> p.onSuperseded(volume.volumeId(), volume.acquiredAt(), at.now()), at, out));
        debts.paid(new ALook(old.ticket(), Network.STUDENT));
    }

    private Turns<InHand<T>> turns(Network network) {
        return network == Network.STUDENT ? registrations : assessments;
    }

    /** The freshest is looked at, unless it lies in another patient space. */
    private void onTurn(Network network, Moment at, Effects<T> out) {
        turns(network).begin().ifPresent(volume -> {
            queued.put(network, at.uptime().minus(volume.since()));
            Optional<String> fault = rules.procedure().geometryFault(volume.volume());
            if (fault.isEmpty()) {
                out.add(new Effect.Look<>(volume.ticket(), network, volume.live(), volume.student(), pose));
            } else {
                onLooked(new Event.Looked<>(volume.ticket(), network, new Nothing(AlertCode.WRONG_GEOMETRY,
                        "frame-of-reference", fault.get())), at, out);
            }
        });
    }

    private void onLooked(Event.Looked<T> looked, Moment at, Effects<T> out) {
        turns(looked.network()).end(v -> v.ticket() == looked.ticket()).filter(v -> debts.isOpen(v.ticket()))
                .ifPresent(volume -> {
                    if (looked.network() == Network.STUDENT) {
                        onRegistered(volume, looked.answer(), at, out);
                    } else {
                        onAssessed(volume, looked.answer(), at, out);
                    }
                    debts.paid(new ALook(looked.ticket(), looked.network()));
                });
    }

    private void onRegistered(InHand<T> volume, Answer answer, Moment at, Effects<T> out) {
        Answer fitting = fitting(answer);
        if (fitting instanceof Nothing nothing) {
            onNothing(volume.ticket(), volume.volume(), nothing, at, out);
            return;
        }
        Found found = (Found) fitting;
        pose = Optional.of(found.sight().pose());
        found.sight().pixels().ifPresent(pixels -> debts.owe(volume.ticket(), alerts.tell(p -> p.onPixels(
                volume.volume().volumeId(), volume.volume().acquiredAt(), pixels, at.now()), at, out)));
        publish(volume, Network.STUDENT, found, out);
        judge(volume, found, at, out);
        watchMotion(volume, found.sight(), at, out);
    }

    private void watchMotion(InHand<T> taken, Sight sight, Moment at, Effects<T> out) {
        AssembledVolume volume = taken.volume();
        lying.flatMap(sight::since).ifPresent(motion -> debts.owe(taken.ticket(), alerts.tell(
                p -> p.onMotion(volume.volumeId(), volume.acquiredAt(), motion, at.now()), at, out)));
        if (sight.middle().isPresent()) {
            lying = Optional.of(sight);
        }
    }

    /** By the ensemble if there is one: its figures know more, and two verdicts on one volume would contradict each other. */
    private void judge(InHand<T> taken, Found found, Moment at, Effects<T> out) {
        AssembledVolume volume = taken.volume();
        if (!rules.isAssessed()) {
            debts.owe(taken.ticket(), alerts.tell(
                    p -> p.evaluate(found.sight().figures(volume.volumeId(), volume.acquiredAt()), at.now()), at, out));
            return;
        }
        debts.owe(taken.ticket(), alerts.tell(
                p -> p.onLabels(volume.volumeId(), volume.acquiredAt(), at.now()), at, out));
        debts.owe(taken.ticket(), new ALook(taken.ticket(), Network.ENSEMBLE));
        assessments.offer(new InHand<>(taken.ticket(), taken.live(), found.payload().map(Payload::seen), at.uptime()))
                .ifPresent(old -> {
                    out.note(new Noted.AssessmentSuperseded());
                    debts.paid(new ALook(old.ticket(), Network.ENSEMBLE));
                });
    }

    private void onAssessed(InHand<T> taken, Answer answer, Moment at, Effects<T> out) {
        AssembledVolume volume = taken.volume();
        Answer fitting = fitting(answer);
        if (fitting instanceof Nothing nothing) {
            out.note(new Noted.AssessmentFailed());
            debts.owe(taken.ticket(), alerts.tell(p -> p.onNotAssessed(volume.volumeId(), volume.acquiredAt(),
                    "How far the overlay can be trusted is not known: " + nothing.reason(), at.now()), at, out));
            return;
        }
        Found found = (Found) fitting;
        publish(taken, Network.ENSEMBLE, found, out);
        debts.owe(taken.ticket(), alerts.tell(
                p -> p.onAssessed(found.sight().figures(volume.volumeId(), volume.acquiredAt()), at.now()), at, out));
    }

    /** Labels that cannot be handed out are none. */
    private Answer fitting(Answer answer) {
        return answer instanceof Found found && !fits(found.sight().labels())
                ? new Nothing(AlertCode.NO_VALID_REGISTRATION, "value-too-large", String.format(
                        "The labels take %d bytes, at most %d are published; use a smaller region of interest.",
                        found.sight().labels().bytes(), rules.maxObjectBytes()))
                : answer;
    }

    private boolean fits(Sight.Size object) {
        return object.bytes() <= rules.maxObjectBytes();
    }

    private void publish(InHand<T> taken, Network network, Found found, Effects<T> out) {
        found.sight().others().stream().filter(object -> !fits(object))
                .forEach(object -> out.note(new Noted.TooLarge(object.what(), object.bytes())));
        give(taken.ticket(), new Labels(network, rules.id(), ++sequence, taken.volume(), rules.structures(),
                taken.volume().acquiredAt().plus(rules.procedure().ageBudget()),
                Token.lastSentAt(taken.live().tokens()), queued.get(network),
                found.payload().map(payload -> payload.keeping(rules.maxObjectBytes()))), out);
    }

    private void onNothing(long debt, AssembledVolume volume, Nothing nothing, Moment at, Effects<T> out) {
        out.note(new Noted.Refused(nothing.rule(), nothing.reason()));
        publishNone(debt, Optional.of(volume.volumeId()), volume.acquiredAt(), nothing, at, out);
        debts.owe(debt, alerts.tell(p -> nothing.code() == AlertCode.WRONG_GEOMETRY
                ? p.onWrongGeometry(volume.volumeId(), volume.acquiredAt(), nothing.reason(), at.now())
                : p.onRejected(volume.volumeId(), volume.acquiredAt(), nothing.reason(), at.now()), at, out));
    }

    private void publishNone(long debt, Optional<String> volumeId, Instant acquiredAt, Nothing nothing, Moment at,
            Effects<T> out) {
        give(debt, new NoRegistration(rules.id(), ++sequence, volumeId, acquiredAt, nothing.code(), nothing.rule(),
                nothing.reason(), at.now()), out);
    }

    private void give(long debt, Result result, Effects<T> out) {
        debts.owe(debt, new AResult(result.sequence()));
        row.add(result);
        out.add(new Effect.Show<>(result));
    }

    /** Labels that the broker will never take are none: whoever saw them beside the topics is told. */
    private void onUnpublishable(Event.Unpublishable<T> lost, Moment at, Effects<T> out) {
        Optional<Result> result = row.done(lost.sequence());
        Optional<Long> debt = debts.creditor(new AResult(lost.sequence()));
        if (debt.isPresent() && result.orElse(null) instanceof Labels labels) {
            onNothing(debt.get(), labels.live(), new Nothing(AlertCode.NO_VALID_REGISTRATION, "not-published",
                    lost.reason()), at, out);
        }
        debts.paid(new AResult(lost.sequence()));
    }

    private void onAcknowledged(Event.Acknowledged<T> asked, Moment at, Effects<T> out) {
        List<Alert> told = new ArrayList<>();
        List<Due> dues = alerts.acknowledge(asked.alertId(), asked.by(), told, at, out);
        long debt = ++ticket;
        debts.open(debt, new Effect.Reply<>(asked.request(), told.stream().reduce((before, last) -> last)));
        debts.owe(debt, dues);
    }

    /** What came from elsewhere stays. Who shows results here would otherwise show the last one for ever. */
    private void onRevoked(Set<Integer> gone, Moment at, Effects<T> out) {
        List<AssemblyOutcome<T>> torn = assembler.withdraw(gone::contains, at.now());
        debts.withdraw(token -> gone.contains(token.partition()));
        registrations.withdraw(volume -> !debts.isOpen(volume.ticket()));
        assessments.withdraw(volume -> !debts.isOpen(volume.ticket()));
        Set<Long> awaited = debts.awaitedResults();
        row.retain(awaited::contains);
        if (partition.filter(gone::contains).isPresent()) {
            partition = Optional.empty();
            alerts.letGo(at, out);
            out.add(new Effect.ShowEnd<>());
        }
        torn.forEach(outcome -> follow(outcome, at, out));
    }

    private Life<T> end(Moment at, Effects<T> out) {
        debts.forgive(assembler.clear(), out);
        Ended<T> ended = alerts.end(sequence, at, out);
        out.add(new Effect.ShowEnd<>());
        return ended;
    }

    /** Volumes age by the stream's time: it stands still while this process does, or the broker, and frames only wait on their way here. */
    private void followStream(Moment before, Moment at) {
        Duration silence = alerts.unanswered(at);
        Duration stood = silence.isZero()
                ? at.uptime().minus(before.uptime()).minus(LONGEST_WAIT)
                : silence.minus(spared);
        spared = silence;
        if (stood.compareTo(Duration.ZERO) > 0) {
            assembler.setBack(stood.negated());
        }
    }

    /** Spans count, not times of day: what was remembered moves with a clock that is set. */
    private void followClock(Moment at, Effects<T> out) {
        Optional<Duration> step = latest.flatMap(before -> stepSince(before, at));
        latest = Optional.of(at);
        step.ifPresent(set -> {
            Duration back = set.negated();
            assembler.setBack(back);
            alerts.setBack(back);
            if (set.isNegative()) {
                onSetBack(back, out);
            }
            if (alerts.isTelling() && set.abs().compareTo(TOLD_STEP) >= 0) {
                alerts.tell(p -> p.onClockSet(set, at.now()), at, out);
            }
        });
    }

    /** What comes now may be dated before what came; after a step forward it is dated later anyway. */
    private void onSetBack(Duration step, Effects<T> out) {
        registrations.setBack(step);
        assessments.setBack(step);
        out.add(new Effect.ClockSetBack<>(step));
    }

    /** Clocks are slewed all the time; they must not run backwards, though. */
    private static Optional<Duration> stepSince(Moment before, Moment at) {
        Duration passed = Duration.between(before.now(), at.now());
        Duration step = passed.minus(at.uptime().minus(before.uptime()));
        if (step.abs().compareTo(LEAST_STEP) >= 0) {
            return Optional.of(step);
        }
        return passed.isNegative() ? Optional.of(passed) : Optional.empty();
    }

    private long open(List<T> tokens) {
        debts.open(++ticket, new Effect.Settle<>(tokens));
        return ticket;
    }

    private static <T extends Token> Instant firstSentAt(Complete<T> live) {
        return live.tokens().stream().map(Token::sentAt).min(Comparator.naturalOrder()).orElseThrow();
    }
}
