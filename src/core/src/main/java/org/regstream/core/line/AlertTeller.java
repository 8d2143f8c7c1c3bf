package org.regstream.core.line;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.regstream.core.alert.Acknowledgement;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertLife;
import org.regstream.core.alert.AlertMemory;
import org.regstream.core.alert.AlertPolicy;
import org.regstream.core.alert.AlertPriority;
import org.regstream.core.alert.AlertState;
import org.regstream.core.alert.Condition;
import org.regstream.core.line.Due.AMemory;
import org.regstream.core.line.Due.AnAlert;

/**
 * What the alert policy of one procedure says, in the order it says it; and the heartbeat. Of all instances one tells: the one to which something happened last, or
 * any where nobody does. It goes on with what its predecessor knew, in an epoch of its own.
 *
 * <p>What is kept knows an alert before the broker does, and until the broker knows that it is over: whoever goes on from there leaves none open for ever. Not
 * thread-safe: a part of {@link Gathering}.
 */
final class AlertTeller<T extends Token> {

    private static final Duration BEAT = Duration.ofSeconds(1);
    /** A third of the lease. */
    private static final Duration KEEP_AFTER = StoredAlerts.LEASE.dividedBy(3);
    /** The broker answers in milliseconds. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(1);
    /** A procedure whose frames come to two instances does not go to and fro with each. */
    private static final Duration CLAIM_AFTER = Duration.ofSeconds(5);

    private final LineRules rules;
    private final AlertOutbox outbox = new AlertOutbox();
    /** Alerts that are over, as they were before, until the broker knows. */
    private final Map<String, AlertLife> endings = new LinkedHashMap<>();
    /** Those of them that no successor knows of: their ends are told from here, also in silence. */
    private final Set<String> orphans = new HashSet<>();
    /** What was given to be kept and may not be yet: the alerts that it knows, by version. */
    private final NavigableMap<Long, Set<String>> keeping = new TreeMap<>();
    /** Uptime since when the broker owes an answer to that. */
    private Optional<Duration> owedSince = Optional.empty();
    private Optional<AlertPolicy> policy = Optional.empty();
    /** What it knew when it last fell silent. */
    private AlertMemory last = AlertMemory.NONE;
    /** Whether nobody was known then to have taken over: somebody may have, without knowing all of that. */
    private boolean hasLetGo;
    private Optional<Instant> liveSince = Optional.empty();
    private Instant claimedAt = Instant.MIN;
    private Instant keptAt = Instant.MIN;
    private Instant beatAt = Instant.MIN;
    private long beats;
    private long version;

    /** @throws org.regstream.core.ConfigurationException if the rules make no policy */
    AlertTeller(LineRules rules) {
        this.rules = rules;
        rules.policy(AlertMemory.NONE);
    }

    /** Live images come. */
    void live(Moment at, Effects<T> out) {
        liveSince = liveSince.or(() -> Optional.of(at.now()));
        if (policy.isEmpty() && (at.isVacant() || !at.now().isBefore(claimedAt.plus(CLAIM_AFTER)))) {
            takeOver(at, out);
        }
        policy.ifPresent(p -> p.onLive(at.now()));
    }

    /** @return acquisition time of the newest result, also of whoever told before; empty where nobody tells from here */
    Optional<Instant> newestResult() {
        return policy.flatMap(AlertPolicy::newestResult);
    }

    /** @param what has happened
     *  @return what is to be told of it before frames may go */
    List<Due> tell(Function<AlertPolicy, List<Alert>> what, Moment at, Effects<T> out) {
        AlertPolicy telling = policy.orElseGet(() -> takeOver(at, out));
        Map<String, AlertLife> before = new HashMap<>();
        telling.memory().open().forEach(life -> before.put(life.alertId(), life));
        Optional<Instant> newest = telling.newestResult();
        List<Alert> alerts = what.apply(telling);
        for (Alert alert : alerts) {
            give(alert, out);
            if (alert.state() == AlertState.INACTIVE && before.containsKey(alert.alertId())) {
                endings.put(alert.alertId(), before.get(alert.alertId()));
            }
        }
        if (!alerts.isEmpty() || !newest.equals(telling.newestResult())) {
            keep(telling, at, out);
        }
        return alerts.stream().<Due>map(alert -> new AnAlert(alert.alertId(), alert.sequence())).toList();
    }

    /** Time has passed. */
    void tick(Heartbeat.Queue queue, Moment at, Effects<T> out) {
        policy.filter(p -> isOvertaken(p, at)).ifPresent(p -> giveWay(p, at, out));
        lookBack(at, out);
        if (policy.isEmpty() && !at.isVacant()) {
            return;
        }
        tell(p -> p.onTick(at.now()), at, out);
        AlertPolicy telling = policy.orElseThrow();
        if (!at.now().isBefore(keptAt.plus(KEEP_AFTER))) {
            keep(telling, at, out);
        }
        if (!at.now().isBefore(beatAt.plus(BEAT))) {
            beat(telling, queue, at, out);
        }
    }

    /** A display confirms what it shows, or says that it shows nothing any more. */
    void confirmed(Receipt receipt, Moment at, Effects<T> out) {
        if (policy.isPresent()) {
            tell(p -> receipt.isClosed()
                    ? p.onDisplayClosed(receipt.display(), at.now())
                    : p.onReceipt(receipt.display(), at.now()), at, out);
        }
    }

    /** @param told gets what follows, the last as it stands then
     *  @return what is to be done before whoever asks is answered */
    List<Due> acknowledge(String alertId, Acknowledgement by, List<Alert> told, Moment at, Effects<T> out) {
        List<Due> dues = new ArrayList<>(tell(p -> {
            told.addAll(p.acknowledge(alertId, by, by.at()));
            return told;
        }, at, out));
        if (!told.isEmpty()) {
            dues.add(new AMemory(version));
        }
        return dues;
    }

    /** What was given to be kept is, or cannot be: then an alert that is told is better than one that is remembered. */
    void kept(long done, Moment at) {
        Optional.ofNullable(keeping.get(done)).ifPresent(outbox::kept);
        keeping.headMap(done, true).clear();
        owedSince = keeping.isEmpty() ? Optional.empty() : Optional.of(at.uptime());
    }

    /** @return for how long the broker has said nothing although it was asked; none while it answers in time */
    Duration unanswered(Moment at) {
        return owedSince.map(since -> at.uptime().minus(since)).filter(owed -> owed.compareTo(LONGEST_ANSWER) > 0)
                .orElse(Duration.ZERO);
    }

    /** The broker knows. */
    void told(String alertId, long sequence, Moment at, Effects<T> out) {
        boolean isOver = outbox.told(alertId, sequence).filter(a -> a.state() == AlertState.INACTIVE).isPresent();
        if (isOver) {
            orphans.remove(alertId);
        }
        if (isOver && endings.remove(alertId) != null) {
            policy.ifPresent(p -> keep(p, at, out));
        }
    }

    /** Gives out what may be told now. */
    void drain(Effects<T> out) {
        outbox.next().ifPresent(alert -> out.add(new Effect.Tell<>(alert)));
    }

    /** Whether it tells. */
    boolean isTelling() {
        return policy.isPresent();
    }

    /** Whether the broker is to have this alert from here; if not, nobody need wait for it: whoever tells knows what is open. */
    boolean isToTell(String alertId) {
        return isTelling() && outbox.holds(alertId);
    }

    /** Another instance may tell from now on. */
    void letGo(Moment at, Effects<T> out) {
        policy.ifPresent(p -> {
            if (isOvertaken(p, at)) {
                giveWay(p, at, out);
            } else {
                out.add(new Effect.Keep<>(++version, new StoredAlerts(Optional.empty(), rules.digest(), memory(p))));
                fallSilent(p);
                hasLetGo = true;
            }
        });
        liveSince = Optional.empty();
    }

    /** Somebody had taken over before it was let go: what he does not know of is ended from here. */
    private void lookBack(Moment at, Effects<T> out) {
        if (policy.isEmpty() && hasLetGo) {
            AlertPolicy own = rules.policy(last);
            if (isOvertaken(own, at)) {
                giveWay(own, at, out);
            }
        }
    }

    /** Another instance has taken over: what was raised here meanwhile, and it does not know of, it would never end. */
    private void giveWay(AlertPolicy own, Moment at, Effects<T> out) {
        Set<String> known = at.kept().memory().open().stream().map(AlertLife::alertId).collect(Collectors.toSet());
        memory(own).open().stream().filter(life -> !known.contains(life.alertId())).forEach(life -> {
            orphans.add(life.alertId());
            endings.put(life.alertId(), life);
        });
        fallSilent(own);
        own.onEnd(at.now()).stream().filter(alert -> orphans.contains(alert.alertId()))
                .forEach(alert -> give(alert, out));
    }

    private void give(Alert alert, Effects<T> out) {
        outbox.add(alert);
        out.add(new Effect.ShowAlert<>(alert));
    }

    private void fallSilent(AlertPolicy own) {
        hasLetGo = false;
        last = memory(own);
        policy = Optional.empty();
        endings.keySet().retainAll(orphans);
        outbox.leave(orphans);
    }

    /** The procedure is over: what is open is cleared, also where nobody tells. @return what becomes of it; gives out the first that is to be told */
    Ended<T> end(long lastSequence, Moment at, Effects<T> out) {
        policy.filter(p -> isOvertaken(p, at)).ifPresent(p -> giveWay(p, at, out));
        Optional<AlertPolicy> telling = policy
                .or(() -> at.isVacant()
                        ? Optional.of(successor(at)).filter(p -> !p.open().isEmpty())
                        : Optional.empty());
        telling.ifPresent(p -> p.onEnd(at.now()).forEach(alert -> give(alert, out)));
        Ended<T> ended = new Ended<>(outbox, lastSequence, telling.isPresent());
        ended.drain(out);
        return ended;
    }

    /** The clock was set back by so much, forward if negative: spans count, not times of day. Else nothing would be told until it has caught up. */
    void setBack(Duration step) {
        liveSince = liveSince.map(since -> since.minus(step));
        policy = policy.map(p -> rules.policy(p.memory().setBack(step)));
        last = last.setBack(step);
        claimedAt = Instant.MIN;
        keptAt = Instant.MIN;
        beatAt = Instant.MIN;
    }

    View view(Instant now, long lastSequence, long gatheredBytes) {
        return new View(false, policy.map(AlertPolicy::open), policy.map(p -> p.capped(now)).orElse(0L), lastSequence,
                gatheredBytes);
    }

    private AlertPolicy takeOver(Moment at, Effects<T> out) {
        lookBack(at, out);
        hasLetGo = false;
        AlertPolicy own = successor(at);
        liveSince.ifPresent(own::onLive);
        policy = Optional.of(own);
        claimedAt = at.now();
        beats = 0;
        keep(own, at, out);
        return own;
    }

    /** Goes on with the newest that is known; what was kept from here a moment ago may not have been read back yet. */
    private AlertPolicy successor(Moment at) {
        AlertMemory kept = at.kept().memoryFor(rules.digest());
        return rules.policy((kept.epoch() > last.epoch() ? kept : last).takenOver(at.now()));
    }

    private boolean isOvertaken(AlertPolicy own, Moment at) {
        return at.kept().writer().filter(writer -> !writer.equals(rules.runId())).isPresent()
                && !state(own.memory()).isNewsAfter(at.kept());
    }

    private StoredAlerts state(AlertMemory memory) {
        return new StoredAlerts(Optional.of(rules.runId()), rules.digest(), memory);
    }

    private void keep(AlertPolicy own, Moment at, Effects<T> out) {
        keptAt = at.now();
        AlertMemory memory = memory(own);
        owedSince = owedSince.or(() -> Optional.of(at.uptime()));
        keeping.put(++version, memory.open().stream().map(AlertLife::alertId).collect(Collectors.toSet()));
        out.add(new Effect.Keep<>(version, state(memory)));
    }

    /** What is open, and what the broker does not know to be over. Of one condition the earlier alone: the later is told after it. */
    private AlertMemory memory(AlertPolicy own) {
        AlertMemory memory = own.memory();
        Set<Condition> ending = endings.values().stream().map(AlertLife::condition).collect(Collectors.toSet());
        List<AlertLife> open = new ArrayList<>(endings.values());
        memory.open().stream().filter(life -> !ending.contains(life.condition())).forEach(open::add);
        return memory.withOpen(open);
    }

    private void beat(AlertPolicy own, Heartbeat.Queue queue, Moment at, Effects<T> out) {
        beatAt = at.now();
        AlertMemory memory = own.memory();
        List<Alert> open = own.open();
        Optional<AlertPriority> worst = open.stream().filter(a -> a.state() == AlertState.ACTIVE).map(Alert::priority)
                .min(AlertPriority::compareTo);
        out.add(new Effect.Beat<>(new Heartbeat(rules.id(), memory.epoch(), ++beats, at.now(), memory.newestResult(),
                queue, rules.provider(), open.size(), worst)));
    }
}
