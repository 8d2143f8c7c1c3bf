package org.regstream.core.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertState;
import org.regstream.core.assembly.SliceSeries;
import org.regstream.core.line.Event.Answer;

/**
 * Two instances of the service at one procedure, a partition each, and what they share: the topic of alerts and the topic where the state of alerts is kept. Each
 * reads that when the test lets it.
 */
final class Runs {

    /** One run of the service. */
    private final class Run {
        private final LineRules rules = World.rules(false, "run-" + ++runs);
        private Life<World.Record> life = Life.begin(rules, 0);
        private final Deque<Effect.Tell<World.Record>> tells = new ArrayDeque<>();
        private final Deque<Effect.Keep<World.Record>> keeps = new ArrayDeque<>();
        private int read;
        private Optional<StoredAlerts> newest = Optional.empty();
        private Instant arrivedAt = Instant.MIN;

        void step(Event<World.Record> event) {
            boolean isVacant = newest.flatMap(StoredAlerts::writer).filter(w -> !w.equals(rules.runId())).isEmpty()
                    || !now.isBefore(arrivedAt.plus(StoredAlerts.LEASE));
            Step<World.Record> step = life.step(event,
                    new Moment(now, uptime, newest.orElse(StoredAlerts.NONE), isVacant));
            life = step.next();
            step.effects().forEach(this::carryOut);
        }

        private void carryOut(Effect<World.Record> effect) {
            if (effect instanceof Effect.Tell<World.Record> tell) {
                tells.add(tell);
            } else if (effect instanceof Effect.Keep<World.Record> keep) {
                keeps.add(keep);
            } else if (effect instanceof Effect.Forget<World.Record>) {
                kept.add(Optional.empty());
            } else if (effect instanceof Effect.Ask<World.Record> ask) {
                step(new Event.Turn<>(ask.network()));
            } else if (effect instanceof Effect.Look<World.Record> look) {
                step(new Event.Looked<>(look.ticket(), look.network(),
                        new Answer.Found(World.REGISTERED, World.OBJECTS, Optional.empty())));
            } else if (effect instanceof Effect.Show<World.Record> show && show.result() instanceof Labels labels) {
                shown.add(labels.acquiredAt());
            } else if (effect instanceof Effect.Publish<World.Record> publish) {
                step(new Event.Passed<>(publish.result().sequence()));
                step(new Event.Published<>(publish.result().sequence()));
            }
        }

        void told() {
            Optional.ofNullable(tells.poll()).map(Effect.Tell::alert).ifPresent(alert -> {
                atBroker.merge(alert.alertId(), alert, Runs::later);
                step(new Event.Told<>(alert.alertId(), alert.sequence()));
            });
        }

        void kept() {
            Optional.ofNullable(keeps.poll()).ifPresent(keep -> {
                kept.add(Optional.of(keep.state()));
                step(new Event.Kept<>(keep.version()));
            });
        }

        /** As the instance follows the topic. */
        void read() {
            for (; read < kept.size(); read++) {
                Optional<StoredAlerts> next = kept.get(read);
                if (next.isEmpty()) {
                    newest = Optional.empty();
                } else if (newest.isEmpty() || next.get().isNewsAfter(newest.get())) {
                    newest = next;
                    arrivedAt = now;
                }
            }
        }

        boolean isTelling() {
            return life.view(now).told().isPresent();
        }
    }

    private static final Duration TICK = Duration.ofMillis(500);

    private int runs;
    private Instant now = SliceSeries.START;
    private Duration uptime = Duration.ZERO;
    private final List<Optional<StoredAlerts>> kept = new ArrayList<>();
    private final Map<String, Alert> atBroker = new HashMap<>();
    private final Run[] instances = {new Run(), new Run()};
    /** By partition, the instance that has it. */
    private final int[] owners = {0, 1};
    private int frames;
    /** Acquisition times of labels, as both show them. */
    private final List<Instant> shown = new ArrayList<>();

    /** Displays pass over what a predecessor says after it was taken over from. */
    private static Alert later(Alert before, Alert now) {
        return now.epoch() > before.epoch() || now.epoch() == before.epoch() && now.sequence() > before.sequence()
                ? now
                : before;
    }

    /** @param slice of three; not all of them come */
    void frame(int partition, int slice) {
        int volume = frames++ / 4;
        Run run = instances[owners[partition]];
        run.step(new Event.FrameCame<>(SliceSeries.acquiredAt(
                SliceSeries.axial().declaring(3).withSeries("2.25." + (10 + partition))
                        .withPhase(String.valueOf(volume)).frame(slice),
                now), new World.Record(partition, now)));
    }

    /** A whole volume comes. @return when it was acquired */
    Instant volume(int partition, int phase) {
        Instant acquired = SliceSeries.START.plusSeconds(phase);
        for (int slice = 0; slice < World.SLICES; slice++) {
            instances[owners[partition]].step(new Event.FrameCame<>(SliceSeries.acquiredAt(SliceSeries.axial()
                    .declaring(World.SLICES).withPhase(String.valueOf(phase)).frame(slice), acquired),
                    new World.Record(partition, now)));
        }
        return acquired;
    }

    /** An instance is killed; what it wanted to keep is kept, and another has its place and its partition, whose frames come again. */
    void kill(int instance) {
        while (!instances[instance].keeps.isEmpty()) {
            instances[instance].kept();
        }
        instances[instance] = new Run();
        instances[instance].read();
    }

    List<Instant> shown() {
        return shown;
    }

    /** As the ticker has it, though slower. */
    void pass(Duration time) {
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(TICK)) {
            Duration step = left.compareTo(TICK) < 0 ? left : TICK;
            now = now.plus(step);
            uptime = uptime.plus(step);
            for (Run run : instances) {
                run.step(new Event.Tick<>());
            }
        }
    }

    /** What one instance has to keep and to tell is taken; neither hears of the other. */
    void answer(int instance) {
        Run run = instances[instance];
        while (!run.tells.isEmpty() || !run.keeps.isEmpty()) {
            run.kept();
            run.told();
        }
    }

    /** One instance reads what is kept. */
    void read(int instance) {
        instances[instance].read();
    }

    /** The partition goes to the other instance. */
    void move(int partition) {
        instances[owners[partition]].step(new Event.Revoked<>(Set.of(partition)));
        owners[partition] = 1 - owners[partition];
    }

    /** Everything is answered, and time passes until nothing is left to be said. */
    void settle() {
        for (int round = 0; round < 60; round++) {
            pass(Duration.ofSeconds(1));
            answer();
        }
    }

    private void answer() {
        answer(0);
        answer(1);
        for (Run run : instances) {
            run.read();
        }
    }

    /** @return of the latest of each alert */
    List<String> toldSentences() {
        return atBroker.values().stream().map(Alert::sentence).toList();
    }

    Set<String> open() {
        return atBroker.values().stream().filter(alert -> alert.state() != AlertState.INACTIVE).map(Alert::alertId)
                .collect(Collectors.toSet());
    }

    /** @return what whoever tells calls open; there is one */
    Set<String> told() {
        List<Run> telling = List.of(instances).stream().filter(Run::isTelling).toList();
        assertThat(telling).as("instances that tell").hasSize(1);
        return telling.get(0).life.view(now).told().orElseThrow().stream().map(Alert::alertId)
                .collect(Collectors.toSet());
    }
}
