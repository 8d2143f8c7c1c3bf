package org.regstream.service.line;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.regstream.core.alert.Acknowledgement;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertMemory;
import org.regstream.core.alert.AlertPolicy;
import org.regstream.core.alert.AlertPriority;
import org.regstream.core.alert.AlertSettings;
import org.regstream.core.alert.AlertState;

/**
 * Publishes what the alert policy of one procedure says, in the order it says it, until the procedure ends; and its heartbeat. Of
 * all instances one tells: the one to which something happened last, or any where nobody does. It goes on with what its predecessor
 * knew, in an epoch of its own. Thread-safe.
 */
final class AlertDesk {

    private static final Logger LOG = Logger.getLogger(AlertDesk.class);
    private static final Duration BEAT = Duration.ofSeconds(1);
    /** A third of the lease. */
    private static final Duration KEEP_AFTER = AlertStates.LEASE.dividedBy(3);
    /** A procedure whose frames come to two instances does not go to and fro with each. */
    private static final Duration CLAIM_AFTER = Duration.ofSeconds(5);

    /** @param told what follows from an acknowledgement, the last as it stands now; empty if no such alert is open
     *  @param kept completes when broker and successors know it */
    record Seen(List<Alert> told, CompletionStage<Void> kept) {}

    private final KnownProcedure known;
    private final LineServices services;
    private final ResultListener listener;
    private Optional<AlertPolicy> teller = Optional.empty();
    private Optional<Instant> liveSince = Optional.empty();
    private Instant latest = Instant.MIN;
    private Instant claimedAt = Instant.MIN;
    private Instant keptAt = Instant.MIN;
    private Instant beatAt = Instant.MIN;
    private long beats;
    /** What becomes of events from now on; empty while the desk is open. */
    private Optional<CompletionStage<Void>> afterwards = Optional.empty();

    /** @throws org.regstream.core.ConfigurationException if the model has no limits for a structure of the procedure */
    AlertDesk(KnownProcedure known, LineServices services, ResultListener listener) {
        this.known = known;
        this.services = services;
        this.listener = listener;
        policy(AlertMemory.NONE);
    }

    private AlertPolicy policy(AlertMemory memory) {
        AlertSettings settings = AlertSettings.withAgeBudget(known.procedure().ageBudget())
                .with(own().pace(), own().receipts());
        return new AlertPolicy(known.id(), known.procedure().structureNames(),
                services.pipeline().manifest().thresholds(), settings, memory);
    }

    /** Live images come. */
    synchronized void live() {
        Instant now = now();
        liveSince = liveSince.or(() -> Optional.of(now));
        if (teller.isEmpty() && (isVacant() || !now.isBefore(claimedAt.plus(CLAIM_AFTER)))) {
            tell(policy -> List.of());
        }
        teller.ifPresent(policy -> policy.onLive(now));
    }

    /** @param event what happened; asked and published under one lock, so that sequence numbers go out in order
     *  @return completes when the broker has all alerts that follow from it, and successors know of them */
    synchronized CompletionStage<Void> tell(Function<AlertPolicy, List<Alert>> event) {
        if (afterwards.isPresent()) {
            return afterwards.get();
        }
        followClock(now());
        AlertPolicy policy = teller.orElseGet(this::takeOver);
        List<CompletionStage<Void>> sent = new ArrayList<>();
        for (Alert alert : event.apply(policy)) {
            listener.onAlert(alert);
            sent.add(services.sink().publish(alert));
        }
        if (!sent.isEmpty()) {
            sent.add(keep(policy));
        }
        return CompletableFuture.allOf(
                sent.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture<?>[]::new));
    }

    /** Time has passed. */
    synchronized void tick(Heartbeat.Queue queue) {
        if (teller.filter(this::isOvertaken).isPresent()) {
            teller = Optional.empty();
        }
        if (afterwards.isPresent() || teller.isEmpty() && !isVacant()) {
            return;
        }
        Instant now = now();
        tell(policy -> policy.onTick(now));
        AlertPolicy policy = teller.orElseThrow();
        if (!now.isBefore(keptAt.plus(KEEP_AFTER))) {
            keep(policy);
        }
        if (!now.isBefore(beatAt.plus(BEAT))) {
            beat(policy, queue, now);
        }
    }

    /** A display confirms what it shows, or says that it shows nothing any more. */
    synchronized void receipt(Receipt receipt) {
        if (teller.isPresent()) {
            tell(policy -> receipt.isClosed()
                    ? policy.onDisplayClosed(receipt.display(), now())
                    : policy.onReceipt(receipt.display(), now()));
        }
    }

    synchronized Seen acknowledge(String alertId, Acknowledgement by) {
        List<Alert> told = new ArrayList<>();
        CompletionStage<Void> kept = tell(policy -> {
            told.addAll(policy.acknowledge(alertId, by, by.at()));
            return told;
        });
        return new Seen(told, kept);
    }

    /** The procedure has ended: what is open is cleared, and what is still under way raises nothing that nobody would clear. */
    synchronized void end() {
        if (teller.isPresent()) {
            tell(policy -> policy.onEnd(now()));
            own().states().delete(known.id());
        }
        teller = Optional.empty();
        afterwards = Optional.of(CompletableFuture.completedStage(null));
    }

    /** Another instance may tell from now on: what is still under way here is not told, and its frames come again there. */
    synchronized void leave() {
        teller.ifPresent(policy -> own().states().put(known.id(),
                new StoredAlerts(Optional.empty(), known.digest(), policy.memory())));
        teller = Optional.empty();
        afterwards = Optional.of(new CompletableFuture<>());
    }

    /** @return the latest alert of each that is not over, whoever tells of them */
    synchronized List<Alert> open() {
        return afterwards.isPresent()
                ? List.of()
                : teller.orElseGet(() -> policy(own().states().newest(known.id()).memoryFor(known))).open();
    }

    /** @return those that are told from here */
    synchronized List<Alert> told() {
        return teller.map(AlertPolicy::open).orElse(List.of());
    }

    /** @return how many of those are kept because they came and went too often */
    synchronized long capped() {
        return teller.map(policy -> policy.capped(now())).orElse(0L);
    }

    /** Spans count, not times of day: else nothing would be told until a clock that was set back has caught up. */
    private void followClock(Instant now) {
        if (now.isBefore(latest)) {
            Duration step = Duration.between(now, latest);
            LOG.warnf("procedure %s: the clock was set back by %s", known.id(), step);
            liveSince = liveSince.map(since -> since.minus(step));
            teller = teller.map(policy -> policy(policy.memory().setBack(step)));
            claimedAt = Instant.MIN;
            keptAt = Instant.MIN;
            beatAt = Instant.MIN;
        }
        latest = now;
    }

    private AlertPolicy takeOver() {
        Instant now = now();
        AlertPolicy policy = policy(own().states().newest(known.id()).memoryFor(known).takenOver(now));
        liveSince.ifPresent(policy::onLive);
        teller = Optional.of(policy);
        claimedAt = now;
        beats = 0;
        keep(policy);
        return policy;
    }

    /** What fails is written again soon: no frame waits for it. */
    private CompletionStage<Void> keep(AlertPolicy policy) {
        keptAt = now();
        return own().states()
                .put(known.id(), new StoredAlerts(Optional.of(own().runId()), known.digest(), policy.memory()))
                .exceptionally(failure -> {
                    LOG.warnf("procedure %s: the state of its alerts is not kept, trying again: %s", known.id(),
                            failure.getMessage());
                    return null;
                });
    }

    private boolean isOvertaken(AlertPolicy policy) {
        StoredAlerts newest = own().states().newest(known.id());
        return newest.writer().filter(writer -> !writer.equals(own().runId())).isPresent()
                && newest.memory().epoch() > policy.memory().epoch();
    }

    private boolean isVacant() {
        return own().states().isVacant(known.id());
    }

    private void beat(AlertPolicy policy, Heartbeat.Queue queue, Instant now) {
        beatAt = now;
        AlertMemory memory = policy.memory();
        List<Alert> open = policy.open();
        Optional<AlertPriority> worst = open.stream().filter(a -> a.state() == AlertState.ACTIVE).map(Alert::priority)
                .min(AlertPriority::compareTo);
        Heartbeat beat = new Heartbeat(known.id(), memory.epoch(), ++beats, now, memory.newestResult(), queue,
                own().provider(), open.size(), worst);
        listener.onHeartbeat(beat);
        services.sink().publish(beat);
    }

    private AlertServices own() {
        return services.alerts();
    }

    private Instant now() {
        return services.clock().instant();
    }
}
