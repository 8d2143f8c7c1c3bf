package org.regstream.service.line;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Holds frames from intake until the result of their volume is at the broker, then acknowledges them: bounded in bytes, and
 * so that a replay never begins inside a volume. Thread-safe.
 */
public final class Custody {

    private static final Logger LOG = Logger.getLogger(Custody.class);

    private final FrameLedger ledger = new FrameLedger();
    private final HeldBytes bytes;
    private final Supplier<Duration> uptime;

    /** @param uptime since any moment, by a clock that is never set */
    public Custody(HeldBytes bytes, Supplier<Duration> uptime) {
        this.bytes = bytes;
        this.uptime = uptime;
    }

    /**
     * Takes a frame in; waits while memory is used up.
     *
     * @param volumes how many volumes it belongs to: so often it is to be settled
     * @return whether it is held; not if its partition has gone to another instance, which gets it again
     * @throws IntakeEndedException after {@link #close}
     */
    public boolean take(HeldFrame frame, int volumes) {
        bytes.acquire(frame.size());
        Optional<HeldFrame> displaced = ledger.take(frame, volumes, uptime.get());
        displaced.ifPresent(other -> shrink(other, 0));
        return displaced.filter(frame::equals).isEmpty();
    }

    /** Whether the frame can be taken without waiting. */
    public boolean hasRoomFor(HeldFrame frame) {
        return bytes.hasRoomFor(frame.size());
    }

    /** The result of these frames is at the broker, or there will be none. Some may have to wait for others until they are acknowledged: their pixels do not. */
    public void settle(List<HeldFrame> frames) {
        List<HeldFrame> released = ledger.settle(frames);
        frames.stream().filter(ledger::isDone).forEach(frame -> shrink(frame, frame.payloadBytes()));
        released.forEach(this::acknowledge);
    }

    private void shrink(HeldFrame frame, int now) {
        int before = frame.shrinkTo(now);
        if (before > now) {
            bytes.shrink(before, now);
        }
    }

    /** Partitions went to another instance, which gets their unacknowledged frames again. */
    public void revoke(Collection<Integer> partitions) {
        ledger.forget(partitions).forEach(f -> shrink(f, 0));
    }

    /** Partitions came to this instance. */
    public void assign(Collection<Integer> partitions) {
        ledger.assign(partitions);
    }

    /** Whether the frame is still to be acknowledged here. */
    public boolean holds(HeldFrame frame) {
        return ledger.holds(frame);
    }

    /** The frame cannot be used: it goes to the dead-letter topic, once. */
    public void refuse(HeldFrame frame, RuntimeException why) {
        ledger.withdraw(frame).ifPresent(released -> {
            shrink(frame, 0);
            frame.message().nack(why).whenComplete((done, failure) -> {
                if (failure != null) {
                    LOG.errorf(failure, "%s did not reach the dead-letter topic; it comes again after the next start",
                            frame);
                }
            });
            released.forEach(this::acknowledge);
        });
    }

    /** @return age of the frame that has waited longest, empty if none waits */
    public Optional<Duration> oldest() {
        Duration now = uptime.get();
        return ledger.oldest().map(now::minus);
    }

    /** @return most bytes that may be held */
    public long limit() {
        return bytes.limit();
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
        shrink(frame, 0);
        frame.message().ack().whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warnf(failure, "%s could not be acknowledged; it comes again after the next start", frame);
            }
        });
    }
}
