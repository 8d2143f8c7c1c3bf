package org.regstream.service.line;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Holds frames from intake until the result of their volume is at the broker, then acknowledges them: bounded in bytes, and
 * so that a replay never begins inside a volume. Thread-safe.
 */
public final class Custody {

    private static final Logger LOG = Logger.getLogger(Custody.class);

    private final FrameLedger ledger = new FrameLedger();
    private final HeldBytes bytes;
    private final Clock clock;

    public Custody(HeldBytes bytes, Clock clock) {
        this.bytes = bytes;
        this.clock = clock;
    }

    /**
     * Takes a frame in; waits while memory is used up.
     *
     * @param volumes how many volumes it belongs to: so often it is to be settled
     * @throws IntakeEndedException after {@link #close}
     */
    public void take(HeldFrame frame, int volumes) {
        bytes.acquire(frame.size());
        ledger.take(frame, volumes, clock.instant()).ifPresent(displaced -> bytes.release(displaced.size()));
    }

    /** The result of these frames is at the broker, or there will be none. */
    public void settle(List<HeldFrame> frames) {
        ledger.settle(frames).forEach(this::acknowledge);
    }

    /** Partitions went to another instance, which gets their unacknowledged frames again. */
    public void revoke(Collection<Integer> partitions) {
        ledger.forget(partitions).forEach(f -> bytes.release(f.size()));
    }

    /** Whether the frame is still to be acknowledged here. */
    public boolean holds(HeldFrame frame) {
        return ledger.holds(frame);
    }

    /** The frame goes elsewhere: somebody else acknowledges it. */
    public void withdraw(HeldFrame frame) {
        if (ledger.withdraw(frame)) {
            bytes.release(frame.size());
        }
    }

    /** @return age of the frame that has waited longest, empty if none waits */
    public Optional<Duration> oldest() {
        Instant now = clock.instant();
        return ledger.oldest().map(since -> Duration.between(since, now));
    }

    /** @return frames not acknowledged yet */
    public int frames() {
        return ledger.size();
    }

    /** @return bytes of them */
    public long heldBytes() {
        return bytes.held();
    }

    /** Takes no more frames; intake that waits for memory gives up. */
    public void close() {
        bytes.close();
    }

    private void acknowledge(HeldFrame frame) {
        bytes.release(frame.size());
        frame.message().ack().whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warnf(failure, "%s could not be acknowledged; it comes again after the next start", frame);
            }
        });
    }
}
