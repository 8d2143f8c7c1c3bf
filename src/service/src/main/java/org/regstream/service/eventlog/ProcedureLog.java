package org.regstream.service.eventlog;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.regstream.core.line.Effect;
import org.regstream.core.line.Event;
import org.regstream.core.line.LineRules;
import org.regstream.core.line.Moment;
import org.regstream.eventlog.LogEnd;
import org.regstream.eventlog.LogLines;
import org.regstream.service.line.EventRecorder;
import org.regstream.service.line.HeldFrame;

/**
 * The log of one procedure: its line makes the text, which holds no pixel, and the thread of {@link EventLogs} writes it. Whatever goes wrong ends the log, is told once,
 * and is no matter of the procedure.
 */
final class ProcedureLog implements EventRecorder {

    private static final Logger LOG = Logger.getLogger(ProcedureLog.class);
    /** So many seconds without a line, then what was under way when the procedure ended is done. */
    private static final int LAST_FLUSHES = 10;

    private final EventLogs logs;
    private final LogSettings settings;
    private final String id;
    private final Instant begun;
    private final LogLines<HeldFrame> lines = new LogLines<>();
    /** Why nothing more is taken; null while it is. */
    private final AtomicReference<LogEnd> ended = new AtomicReference<>();
    /** Lines that wait for the disk. */
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean isOver;

    /** Of the writing thread, as all below: null before the first line. */
    private LogFile file;
    private boolean isClosed;
    private int flushesSinceLine;

    ProcedureLog(EventLogs logs, LogSettings settings, LineRules rules, long lastSequence, Instant begun) {
        this.logs = logs;
        this.settings = settings;
        this.id = rules.procedure().id();
        this.begun = begun;
        take(() -> lines.header(settings.regstream(), rules, lastSequence));
    }

    @Override
    public void onStep(Event<HeldFrame> event, Moment at, List<Effect<HeldFrame>> effects) {
        take(() -> lines.step(event, at, effects));
    }

    @Override
    public void onFailure(Event<HeldFrame> event, Moment at, RuntimeException failure) {
        take(() -> lines.failure(event, at, failure));
    }

    @Override
    public void onOver() {
        isOver = true;
    }

    private void take(Supplier<String> made) {
        if (ended.get() != null) {
            return;
        }
        try {
            String line = made.get();
            underWay.incrementAndGet();
            if (!logs.offer(this, () -> write(line))) {
                underWay.decrementAndGet();
                giveUp(LogEnd.OVERFLOW, null);
            } else if (lines.isFull()) {
                giveUp(LogEnd.FULL, null);
            }
        } catch (RuntimeException e) {
            giveUp(LogEnd.CUT_OFF, e);
        }
    }

    /** On any thread. What is taken already is written, and the last line once the file is flushed. */
    private void giveUp(LogEnd why, Exception cause) {
        if (ended.compareAndSet(null, why)) {
            LOG.warnf(cause, "procedure %s goes on, its event log does not: %s", id, why.sentence());
        }
    }

    /** Only the writing thread calls this, and what follows. */
    private void write(String line) {
        underWay.decrementAndGet();
        guarded(() -> {
            if (file == null) {
                file = LogFile.create(settings.folder(), id, begun);
            }
            file.write(line);
            flushesSinceLine = 0;
            if (file.size() >= settings.maxBytes()) {
                giveUp(LogEnd.FULL, null);
                close(LogEnd.FULL);
            }
        });
    }

    /** To be called once a second: what was written before can be read whatever happens then. */
    void flush() {
        if (isOver && ++flushesSinceLine > LAST_FLUSHES) {
            ended.compareAndSet(null, LogEnd.OVER);
        }
        if (ended.get() != null && underWay.get() == 0) {
            close(ended.get());
        } else {
            guarded(() -> file.flush());
        }
    }

    /** Writes the last line, once. @param why unless it has ended for another reason */
    void close(LogEnd why) {
        ended.compareAndSet(null, why);
        guarded(() -> {
            isClosed = true;
            try (LogFile last = file) {
                if (ended.get() != LogEnd.CUT_OFF) {
                    last.write(LogLines.end(ended.get()));
                }
            }
        });
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Something with the file. */
    private interface Writing {
        void run() throws IOException;
    }

    private void guarded(Writing writing) {
        if (isClosed) {
            return;
        }
        try {
            writing.run();
        } catch (IOException | RuntimeException e) {
            giveUp(LogEnd.CUT_OFF, e);
            isClosed = true;
            letGo();
        }
    }

    private void letGo() {
        LogFile last = file;
        file = null;
        try {
            if (last != null) {
                last.close();
            }
        } catch (IOException e) {
            LOG.debugf(e, "procedure %s: its event log is cut off", id);
        }
    }
}
