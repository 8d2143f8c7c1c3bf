package org.regstream.service.line;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.regstream.core.RegstreamException;
import org.regstream.core.alert.Acknowledgement;
import org.regstream.core.alert.Alert;
import org.regstream.core.assembly.Frame;
import org.regstream.core.line.Effect;
import org.regstream.core.line.Event;
import org.regstream.core.line.Labels;
import org.regstream.core.line.Life;
import org.regstream.core.line.LineRules;
import org.regstream.core.line.Moment;
import org.regstream.core.line.Network;
import org.regstream.core.line.Receipt;
import org.regstream.core.line.Result;
import org.regstream.core.line.Step;
import org.regstream.core.line.View;

/**
 * One procedure at work: its mailbox, its state, and what does the state's bidding. Events are worked through one at a time, in the order they came; what the state
 * asks for is begun there and then, and answered by events.
 *
 * <p>Thread-safe; calls return at once.
 */
public final class ProcedureLine {

    private static final Logger LOG = Logger.getLogger(ProcedureLine.class);
    /** So many events in a row, then other lines have their turn. */
    private static final int BATCH = 64;
    /** So many may wait of what anybody can send as often as he likes; frames are bounded by {@link Custody}. */
    static final int MOST_WAITING = 4096;

    private final KnownProcedure known;
    private final LineServices services;
    private final LineRules rules;
    private final Looker looker;
    private final LineCounts counts;
    private final EventRecorder recorder;
    private final Queue<Event<HeldFrame>> mailbox = new ConcurrentLinkedQueue<>();
    /** Events that are not worked through; whoever takes it from 0 has the state until it is 0 again. */
    private final AtomicInteger pending = new AtomicInteger();
    private final Map<Long, CompletableFuture<Optional<Alert>>> replies = new ConcurrentHashMap<>();
    private final Map<Network, CompletableFuture<Optional<Effect.Look<HeldFrame>>>> turns = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private Life<HeldFrame> life;
    private volatile View view;

    /**
     * @param lastSequence number of the last result of a procedure of the same id here, 0 if there was none
     * @throws org.regstream.core.ConfigurationException if the model has no limits for a structure of the procedure
     */
    public ProcedureLine(KnownProcedure known, LineServices services, long lastSequence) {
        this.known = known;
        this.services = services;
        this.rules = services.rules(known);
        this.looker = new Looker(known, services);
        this.counts = new LineCounts(known.id(), services);
        this.life = Life.begin(rules, lastSequence);
        this.recorder = services.recorders().make(rules, lastSequence);
        this.view = life.view(now());
    }

    /** @param held in custody; settled by this line, once for each frame */
    public void offer(Frame frame, HeldFrame held) {
        post(new Event.FrameCame<>(frame, held));
    }

    /** Time has passed. To be called a few times a second. */
    public void tick() {
        postUnlessBusy(new Event.Tick<>());
    }

    /** These partitions went to another instance. */
    public void onRevoked(Collection<Integer> partitions) {
        post(new Event.Revoked<>(Set.copyOf(partitions)));
    }

    /** Memory is short: it gives up the largest of its unfinished volumes. */
    public void press() {
        postUnlessBusy(new Event.Pressed<>());
    }

    /** @return bytes of pixels in its unfinished volumes */
    public long gatheredBytes() {
        return view.gatheredBytes();
    }

    /** A display confirms what it shows; passed over while too much waits: it does so every two seconds. */
    public void onReceipt(Receipt receipt) {
        postUnlessBusy(new Event.Confirmed<>(receipt));
    }

    /** The procedure has ended: what waits is given back, open alerts are cleared.
     *  @return completes when nothing comes from here any more but the end of its alerts */
    public CompletionStage<Void> end() {
        post(new Event.Deleted<>());
        return over;
    }

    /** This instance stops: whoever is told here is told that this is the end. @return completes when nothing comes from here any more */
    public CompletionStage<Void> leave() {
        post(new Event.Stopped<>());
        return over;
    }

    /** @return number of the latest result, 0 if there was none */
    public long lastNumber() {
        return view.lastSequence();
    }

    public KnownProcedure known() {
        return known;
    }

    /** @return the latest alert of each that is not over, in the order they began, whoever tells of them */
    public List<Alert> openAlerts() {
        View seen = view;
        return seen.isOver()
                ? List.of()
                : seen.told().orElseGet(() -> rules
                        .policy(services.alerts().states().newest(known.id()).memoryFor(known.digest())).open());
    }

    /**
     * Somebody takes note of an alert, from now on.
     *
     * @return the alert as it stands now, once broker and successors know it; empty if no such alert is open
     * @throws IllegalArgumentException if the name or the length is out of range
     */
    public CompletionStage<Optional<Alert>> acknowledge(String alertId, String by, Duration length) {
        Instant now = now();
        Acknowledgement seen = new Acknowledgement(by, now, now.plus(length));
        long request = requests.incrementAndGet();
        CompletableFuture<Optional<Alert>> answer = new CompletableFuture<>();
        replies.put(request, answer);
        if (!postUnlessBusy(new Event.Acknowledged<>(request, alertId, seen))) {
            replies.remove(request);
            answer.completeExceptionally(new RegstreamException("the procedure has too much to do; try again"));
        }
        return answer;
    }

    /** @return those of the open alerts that are told from here */
    public List<Alert> toldAlerts() {
        return view.told().orElse(List.of());
    }

    /** @return how many of those are kept because they came and went too often */
    public long cappedAlerts() {
        return view.capped();
    }

    /** @return whether it was posted */
    private boolean postUnlessBusy(Event<HeldFrame> event) {
        boolean isFree = pending.get() < MOST_WAITING;
        if (isFree) {
            post(event);
        }
        return isFree;
    }

    private void post(Event<HeldFrame> event) {
        mailbox.add(event);
        if (pending.getAndIncrement() == 0) {
            services.threads().lines().execute(this::work);
        }
    }

    /** What it asks of the networks is asked once the state is free again: the turn may come at once. */
    private void work() {
        List<Network> asked = new ArrayList<>();
        boolean isIdle = false;
        for (int n = 0; n < BATCH && !isIdle; n++) {
            handle(mailbox.remove(), asked);
            isIdle = pending.decrementAndGet() == 0;
        }
        if (!isIdle) {
            services.threads().lines().execute(this::work);
        }
        asked.forEach(network -> services.threads().of(network).execute(() -> takeTurn(network)));
    }

    /** On the network's thread: which volume is looked at is known only now. */
    private void takeTurn(Network network) {
        CompletableFuture<Optional<Effect.Look<HeldFrame>>> turn = new CompletableFuture<>();
        turns.put(network, turn);
        post(new Event.Turn<>(network));
        turn.join().ifPresent(look -> post(new Event.Looked<>(look.ticket(), network, looker.look(look))));
    }

    /** A bug in one event must not end the procedure. */
    private void handle(Event<HeldFrame> event, List<Network> asked) {
        try {
            if (event instanceof Event.FrameCame<HeldFrame> came && !services.custody().holds(came.token())) {
                return; // its partition went elsewhere while it was on its way here
            }
            Moment at = moment();
            Step<HeldFrame> step = step(event, at);
            life = step.next();
            view = life.view(at.now());
            step.effects().forEach(effect -> begin(effect, asked));
            if (view.isOver()) {
                recorder.onOver();
                over.complete(null);
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "procedure %s: %s failed", known.id(), event.getClass().getSimpleName());
            if (event instanceof Event.FrameCame<HeldFrame> came) {
                services.custody().refuse(came.token(), e);
            }
        } finally {
            if (event instanceof Event.Turn<HeldFrame> turn) {
                turns.remove(turn.network()).complete(Optional.empty());
            }
        }
    }

    private Step<HeldFrame> step(Event<HeldFrame> event, Moment at) {
        try {
            Step<HeldFrame> step = life.step(event, at);
            recorder.onStep(event, at, step.effects());
            return step;
        } catch (RuntimeException e) {
            recorder.onFailure(event, at, e);
            throw e;
        }
    }

    private Moment moment() {
        AlertStates states = services.alerts().states();
        return new Moment(now(), services.uptime().get(), states.newest(known.id()), states.isVacant(known.id()));
    }

    /** What one effect comes to is no matter of the next. */
    private void begin(Effect<HeldFrame> effect, List<Network> asked) {
        try {
            if (effect instanceof Effect.Ask<HeldFrame> ask) {
                asked.add(ask.network());
            } else {
                carryOut(effect);
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "procedure %s: %s failed", known.id(), effect.getClass().getSimpleName());
        }
    }

    private void carryOut(Effect<HeldFrame> effect) {
        if (effect instanceof Effect.Look<HeldFrame> look) {
            turns.get(look.network()).complete(Optional.of(look));
        } else if (effect instanceof Effect.Show<HeldFrame> show) {
            services.listener().onResult(show.result());
        } else if (effect instanceof Effect.Publish<HeldFrame> publish) {
            publish(publish.result());
        } else if (effect instanceof Effect.ShowAlert<HeldFrame> show) {
            services.listener().onAlert(show.alert());
        } else if (effect instanceof Effect.Tell<HeldFrame> tell) {
            tell(tell.alert());
        } else if (effect instanceof Effect.Beat<HeldFrame> beat) {
            services.listener().onHeartbeat(beat.heartbeat());
            services.sink().publish(beat.heartbeat());
        } else if (effect instanceof Effect.Keep<HeldFrame> keep) {
            keep(keep);
        } else if (effect instanceof Effect.Forget<HeldFrame>) {
            services.alerts().states().delete(known.id());
        } else if (effect instanceof Effect.Settle<HeldFrame> settle) {
            services.custody().settle(settle.tokens());
        } else if (effect instanceof Effect.Reply<HeldFrame> reply) {
            Optional.ofNullable(replies.remove(reply.request())).ifPresent(answer -> answer.complete(reply.alert()));
        } else if (effect instanceof Effect.ShowEnd<HeldFrame>) {
            services.listener().onEnd(known.id());
        } else if (effect instanceof Effect.ClockSetBack<HeldFrame> back) {
            LOG.warnf("procedure %s: the clock was set back by %s", known.id(), back.step());
            services.listener().onClockSetBack(known.id(), back.step());
        } else if (effect instanceof Effect.Note<HeldFrame> note) {
            counts.count(note.what());
        }
    }

    private void publish(Result result) {
        long number = result.sequence();
        ResultSink.Sent sent = sent(result);
        sent.passed().whenComplete((done, failure) -> post(failure == null
                ? new Event.Passed<>(number)
                : new Event.Unpublishable<>(number, reason(failure))));
        sent.all().whenComplete((done, failure) -> {
            if (failure == null) {
                if (result instanceof Labels labels) {
                    onPublished(labels);
                }
                post(new Event.Published<>(number));
            }
        });
    }

    private ResultSink.Sent sent(Result result) {
        try {
            return services.sink().publish(result);
        } catch (RuntimeException e) {
            LOG.errorf(e, "procedure %s: result %d is not published", known.id(), result.sequence());
            return ResultSink.Sent.failed(e);
        }
    }

    private void onPublished(Labels labels) {
        Duration age = services.since(labels.lastSliceAt());
        if (labels.network() == Network.STUDENT) {
            services.metrics().countPublished();
            services.metrics().recordAge(age);
        } else {
            services.metrics().recordAssessmentAge(age);
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return "The broker does not take the result: " + cause.getMessage();
    }

    private void tell(Alert alert) {
        begun(() -> services.sink().publish(alert)).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.errorf(failure, "procedure %s: alert %s is not told", known.id(), alert.code());
            }
            post(new Event.Told<>(alert.alertId(), alert.sequence()));
        });
    }

    private void keep(Effect.Keep<HeldFrame> keep) {
        begun(() -> services.alerts().states().put(known.id(), keep.state())).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warnf("procedure %s: the state of its alerts is not kept, trying again: %s", known.id(),
                        failure.getMessage());
            }
            post(new Event.Kept<>(keep.version()));
        });
    }

    /** What fails before it has begun is answered too: else what waits for it would wait for ever. */
    private static CompletionStage<Void> begun(Supplier<CompletionStage<Void>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private Instant now() {
        return services.clock().instant();
    }
}
