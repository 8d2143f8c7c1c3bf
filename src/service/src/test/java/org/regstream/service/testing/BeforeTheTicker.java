package org.regstream.service.testing;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.TimeUnit;

/** Stands between the start of the channels and that of the ticker, and looks whether that ticks already. */
@ApplicationScoped
public class BeforeTheTicker {

    /** Channels start at 1000, the ticker at 1500. */
    static final int BETWEEN = 1400;
    /** Three ticks. */
    private static final long WAIT_MILLIS = 300;

    private final InMemoryAlertStates states;
    private long ticks;

    BeforeTheTicker(InMemoryAlertStates states) {
        this.states = states;
    }

    void onStart(@Observes @Priority(BETWEEN) StartupEvent start) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(WAIT_MILLIS);
        ticks = states.ticks();
    }

    /** @return how often time was told before the channels had started */
    public long ticks() {
        return ticks;
    }
}
