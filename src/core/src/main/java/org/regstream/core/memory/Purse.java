package org.regstream.core.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory for one purpose, in bytes as they are once decoded. What is asked for is taken before it is allocated, and who asks for more than is left is refused,
 * alone. Thread-safe.
 */
public final class Purse {

    private final String purpose;
    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    /** @param purpose in words, for messages
     *  @param limit   bytes, positive */
    public Purse(String purpose, long limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("memory for " + purpose + " must be at least 1 byte, got " + limit);
        }
        this.purpose = purpose;
        this.limit = limit;
    }

    /** Of a program that does one thing, and whose limit is the heap itself. */
    public static Purse unbounded() {
        return new Purse("anything", Long.MAX_VALUE);
    }

    /** @param percent of the heap as large as this virtual machine may make it, 1 to 99 */
    public static long shareOfHeap(int percent) {
        return Runtime.getRuntime().maxMemory() / 100 * percent;
    }

    /** @return for one piece of work; to be closed */
    public Tab open() {
        return new Tab(this);
    }

    /** @return bytes that are in use now */
    public long taken() {
        return taken.get();
    }

    public long limit() {
        return limit;
    }

    /** @throws OverdrawnException if they do not fit; then none are taken */
    void take(long already, long bytes) {
        long before;
        do {
            before = taken.get();
            if (bytes > limit - before) {
                throw overdrawn(already, bytes);
            }
        } while (!taken.compareAndSet(before, before + bytes));
    }

    OverdrawnException overdrawn(long already, long bytes) {
        boolean isTooLarge = bytes > limit - already;
        return new OverdrawnException(purpose + " may take " + limit + " bytes of memory once decoded; this takes "
                + (already > 0 ? "more than " + already + " and then " : "") + bytes + " more"
                + (isTooLarge
                        ? "; send less of it, or give the service a larger heap"
                        : ", and " + taken() + " are in use; try again later, or end what is not needed"),
                isTooLarge);
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }
}
