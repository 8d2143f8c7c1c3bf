package org.regstream.demo;

import java.time.Duration;

/** From one volume to the next. Either fixed, or as quick as this machine's service looks at volumes, but no quicker than a scanner. Thread-safe. */
final class Pace {

    private static final double ROOM = 1.1;
    private static final Duration SLOWEST = Duration.ofSeconds(30);

    private final Duration quickest;
    private final Duration slowest;
    private volatile Duration period;

    private Pace(Duration quickest, Duration slowest) {
        this.quickest = quickest;
        this.slowest = slowest;
        this.period = quickest;
    }

    static Pace fixed(Duration period) {
        return new Pace(period, period);
    }

    /** @param quickest positive */
    static Pace upTo(Duration quickest) {
        return new Pace(quickest, SLOWEST);
    }

    Duration period() {
        return period;
    }

    /** A volume has been looked at. @param duration from its last slice until its last labels came, waiting included: less, once volumes come slower */
    void took(Duration duration) {
        Duration wanted = Duration.ofMillis(Math.round(ROOM * duration.toMillis()));
        Duration limited = wanted.compareTo(slowest) > 0 ? slowest : wanted;
        period = limited.compareTo(quickest) < 0 ? quickest : limited;
    }
}
