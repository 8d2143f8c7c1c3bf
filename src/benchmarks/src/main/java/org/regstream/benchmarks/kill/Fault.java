package org.regstream.benchmarks.kill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One thing that goes wrong.
 *
 * @param kind     what
 * @param instance of the service, from 0; another one if it is not up; no matter for the broker
 * @param after    at least so long after the fault before
 * @param down     so long it is not started again
 */
record Fault(Kind kind, int instance, Duration after, Duration down) {

    /** What goes wrong. */
    enum Kind {
        SERVICE_KILLED, BROKER_KILLED, BROKER_STOPPED
    }

    private static final Duration LEAST_AFTER = Duration.ofSeconds(2);
    private static final Duration MOST_AFTER = Duration.ofSeconds(8);
    /** Some are back before Kafka has noticed (session time-out 6 s), some are not. */
    private static final Duration MOST_DOWN = Duration.ofSeconds(8);

    /** @return so many of each, in an order that follows from the seed; every other restart of the broker is a kill */
    static List<Fault> plan(int kills, int brokerRestarts, int instances, long seed) {
        Random random = new Random(seed);
        List<Kind> kinds = new ArrayList<>(Collections.nCopies(kills, Kind.SERVICE_KILLED));
        kinds.addAll(Collections.nCopies(brokerRestarts / 2, Kind.BROKER_KILLED));
        kinds.addAll(Collections.nCopies(brokerRestarts - brokerRestarts / 2, Kind.BROKER_STOPPED));
        Collections.shuffle(kinds, random);
        return kinds.stream().map(kind -> new Fault(kind, random.nextInt(instances),
                between(LEAST_AFTER, MOST_AFTER, random), between(Duration.ZERO, MOST_DOWN, random))).toList();
    }

    private static Duration between(Duration least, Duration most, Random random) {
        return least.plusMillis(random.nextInt((int) most.minus(least).toMillis()));
    }
}
