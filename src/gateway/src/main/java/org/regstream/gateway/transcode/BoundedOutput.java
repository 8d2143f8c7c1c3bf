package org.regstream.gateway.transcode;

import java.io.ByteArrayOutputStream;
import org.regstream.gateway.refuse.Refusal;
import org.regstream.gateway.refuse.RefusedException;

/** Collects at most so many bytes and refuses the next one: a small compressed object can be gigabytes of pixels. */
final class BoundedOutput extends ByteArrayOutputStream {

    private final int limit;

    BoundedOutput(int limit) {
        this.limit = limit;
    }

    @Override
    public synchronized void write(int b) {
        ensureRoomFor(1);
        super.write(b);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        ensureRoomFor(length);
        super.write(bytes, offset, length);
    }

    private void ensureRoomFor(int more) {
        if (more > limit - size()) {
            throw new RefusedException(Refusal.TOO_LARGE, "decoded object is over the limit of " + limit + " bytes");
        }
    }
}
