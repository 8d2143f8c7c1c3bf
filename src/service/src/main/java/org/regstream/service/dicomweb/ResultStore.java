package org.regstream.service.dicomweb;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The newest results in memory, bounded in bytes and age; the oldest go first. Nothing here is state: every object follows from
 * frames and procedure on the broker, and a repeat is the same object under the same identifier (decision 0018). Thread-safe.
 */
public final class ResultStore {

    private record Kept(StoredResult result, Instant until) {}

    private final long maxBytes;
    private final Duration maxAge;
    private final Clock clock;
    private final Map<String, Kept> byInstance = new LinkedHashMap<>();
    private long bytes;
    private long evicted;

    /** @param maxBytes of all objects together
     *  @param maxAge   since an object was made */
    public ResultStore(long maxBytes, Duration maxAge, Clock clock) {
        this.maxBytes = maxBytes;
        this.maxAge = maxAge;
        this.clock = clock;
    }

    /** @return largest object that can be kept */
    public long maxBytes() {
        return maxBytes;
    }

    /** Keeps an object as the newest one, also if it was there before.
     *  @throws IllegalArgumentException if it is larger than all may be together */
    public synchronized void put(StoredResult result) {
        if (result.part10().length > maxBytes) {
            throw new IllegalArgumentException(
                    "a result of " + result.part10().length + " bytes cannot be kept, at most "
                            + maxBytes + " can; raise regstream.dicomweb.results-bytes");
        }
        remove(result.instance());
        byInstance.put(result.instance(), new Kept(result, clock.instant().plus(maxAge)));
        bytes += result.part10().length;
        evict();
    }

    /** @return what is kept and wanted, the oldest first; as a new list */
    public synchronized List<StoredResult> find(Predicate<StoredResult> wanted) {
        evict();
        return byInstance.values().stream().map(Kept::result).filter(wanted).toList();
    }

    /** @return bytes of all objects */
    public synchronized long bytes() {
        return bytes;
    }

    /** @return objects that had to go for newer ones, or because of their age, since the start */
    public synchronized long evicted() {
        return evicted;
    }

    private void remove(String instance) {
        Optional.ofNullable(byInstance.remove(instance)).ifPresent(old -> bytes -= old.result.part10().length);
    }

    private void evict() {
        Instant now = clock.instant();
        Iterator<Kept> oldestFirst = byInstance.values().iterator();
        while (oldestFirst.hasNext()) {
            Kept kept = oldestFirst.next();
            if (bytes <= maxBytes && kept.until.isAfter(now)) {
                return;
            }
            oldestFirst.remove();
            bytes -= kept.result.part10().length;
            evicted++;
        }
    }
}
