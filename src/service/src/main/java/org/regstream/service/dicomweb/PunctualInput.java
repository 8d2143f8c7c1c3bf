package org.regstream.service.dicomweb;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A body that must be there in time, however steadily it drips. One read may take longer: the server ends it after its own
 * {@code quarkus.http.read-timeout} without a byte. One body, one thread.
 */
final class PunctualInput extends FilterInputStream {

    /** Too slow. */
    static final class TooSlowException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooSlowException(Duration limit) {
            super("the request was not there within " + limit.toSeconds() + " s; send fewer instances at a time");
        }
    }

    private final Clock clock;
    private final Duration limit;
    private final Instant until;

    /** @param limit from now on */
    PunctualInput(InputStream body, Clock clock, Duration limit) {
        super(body);
        this.clock = clock;
        this.limit = limit;
        this.until = clock.instant().plus(limit);
    }

    @Override
    public int read() throws IOException {
        return inTime(super.read());
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return inTime(super.read(into, offset, length));
    }

    private int inTime(int read) {
        if (clock.instant().isAfter(until)) {
            throw new TooSlowException(limit);
        }
        return read;
    }
}
