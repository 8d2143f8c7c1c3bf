package org.regstream.core.memory;

import java.io.IOException;
import java.io.InputStream;

/** What one piece of work has taken of a {@link Purse}; closing it gives all of that back. Not thread-safe. */
public final class Tab implements AutoCloseable {

    private final Purse purse;
    private long taken;

    Tab(Purse purse) {
        this.purse = purse;
    }

    /**
     * To be called before memory is allocated.
     *
     * @param bytes not negative
     * @throws OverdrawnException if they do not fit; what was taken before stays taken
     */
    public void take(long bytes) {
        purse.take(taken, bytes);
        taken += bytes;
    }

    /** These are garbage by now. */
    public void giveBack(long bytes) {
        taken -= bytes;
        purse.giveBack(bytes);
    }

    /**
     * Reads to the end of what may be much longer than the bytes that it comes from, and takes what it is.
     *
     * @param most bytes that are read, below 2^31 - 9
     * @return one more than that if there are more
     * @throws OverdrawnException before more is held than fits
     */
    public byte[] read(InputStream in, long most) throws IOException {
        // pieces and the whole are held at once for a moment
        long fitting = Math.max(0, purse.limit() - purse.taken()) / 2;
        byte[] read = in.readNBytes((int) Math.min(most, fitting) + 1);
        if (read.length > fitting) {
            throw purse.overdrawn(taken, 2L * read.length);
        }
        take(read.length);
        return read;
    }

    public long taken() {
        return taken;
    }

    @Override
    public void close() {
        giveBack(taken);
    }
}
