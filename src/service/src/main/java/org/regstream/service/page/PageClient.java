package org.regstream.service.page;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.regstream.service.page.PageParcel.Lane;

/**
 * One browser: what waits for it, the newest of each key, and what is under way. At most two results are under way until
 * the page says that it has got them: what waits in the network's buffers would only get old there. Thread-safe.
 */
public final class PageClient {

    private static final Logger LOG = Logger.getLogger(PageClient.class);
    private static final int RESULTS_UNDER_WAY = 2;

    private final String procedureId;
    private final PageWire wire;
    private final Executor encoding;
    private final PageMetrics metrics;
    private final Map<Lane, LinkedHashMap<String, PageParcel>> waiting = new EnumMap<>(Lane.class);
    private int unconfirmed;
    private boolean isSending;
    private boolean isClosed;
    private long sendingSince;

    /** @param encoding runs what must not run on the caller's thread */
    PageClient(String procedureId, PageWire wire, Executor encoding, PageMetrics metrics) {
        this.procedureId = procedureId;
        this.wire = wire;
        this.encoding = encoding;
        this.metrics = metrics;
        for (Lane lane : Lane.values()) {
            waiting.put(lane, new LinkedHashMap<>());
        }
    }

    public String procedureId() {
        return procedureId;
    }

    /** Puts a parcel in, in the place of one of its key. Returns at once. */
    synchronized void offer(PageParcel parcel) {
        if (isClosed) {
            return;
        }
        for (Lane lane : Lane.values()) {
            if (waiting.get(lane).remove(parcel.key()) != null && !parcel.key().equals(PageParcel.HEARTBEAT)) {
                metrics.countDropped();
            }
        }
        waiting.get(parcel.lane()).put(parcel.key(), parcel);
        encoding.execute(this::pump);
    }

    /** The page has got a result. */
    public synchronized void onReceived() {
        unconfirmed = Math.max(0, unconfirmed - 1);
        encoding.execute(this::pump);
    }

    private void pump() {
        try {
            next().ifPresent(this::send);
        } catch (RuntimeException e) {
            LOG.errorf(e, "procedure %s: a page could not be told", procedureId);
            close("internal fault");
        }
    }

    private synchronized Optional<PageParcel> next() {
        if (isSending || isClosed) {
            return Optional.empty();
        }
        for (Lane lane : Lane.values()) {
            Iterator<PageParcel> parcels = waiting.get(lane).values().iterator();
            if (parcels.hasNext() && (lane != Lane.RESULT || unconfirmed < RESULTS_UNDER_WAY)) {
                PageParcel next = parcels.next();
                parcels.remove();
                unconfirmed += lane == Lane.RESULT ? 1 : 0;
                isSending = true;
                sendingSince = System.nanoTime();
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }

    private void send(PageParcel parcel) {
        wire.send(parcel.content().get()).whenComplete((done, failure) -> {
            if (failure == null) {
                metrics.countSent();
                synchronized (this) {
                    isSending = false;
                }
                encoding.execute(this::pump);
            } else {
                close("connection failed");
            }
        });
    }

    /** Ends the connection if a message has been under way for longer. */
    void closeIfStuck(Duration limit) {
        boolean isStuck;
        synchronized (this) {
            isStuck = isSending && System.nanoTime() - sendingSince > limit.toNanos();
        }
        if (isStuck) {
            close("too slow");
        }
    }

    /** Nothing more is sent. */
    void close(String reason) {
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            waiting.values().forEach(Map::clear);
        }
        wire.close(reason);
    }
}
