package org.regstream.service.line;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides when frames may be acknowledged, so that a replay after a crash never begins inside a volume.
 *
 * <p>Kafka commits one offset a partition: everything below it counts as done. When the slices of two volumes lie
 * interleaved on a partition, the first of them to be done must not move that offset in between its own slices, or a
 * replay would bring the rest of it alone, which could pass for a smaller volume. So frames are released only up to an
 * offset that no volume reaches across. With volumes A and B
 *
 * <pre>
 * offset   0  1  2  3  4  5  6
 * frame    A  B  A  B  A  B  .      A done: nothing is released; B done too: 5, 4, 3, 2, 1, 0
 * </pre>
 *
 * <p>Frames are released highest offset first: the commit handler takes the unbroken run of acknowledged offsets from the
 * lowest on, so a commit between two of these acknowledgements moves nothing.
 *
 * <p>Thread-safe.
 */
public final class FrameLedger {

    /**
     * @param volumes how many volumes the frame belongs to whose results are not out
     * @param reach   highest offset of its volumes whose results are out
     * @param since   when it was taken in, by a clock that is never set
     */
    private record Entry(HeldFrame frame, int volumes, long reach, Duration since) {

        Entry done(long volumeReach) {
            return new Entry(frame, volumes - 1, Math.max(reach, volumeReach), since);
        }
    }

    private final Map<Integer, NavigableMap<Long, Entry>> partitions = new HashMap<>();
    /** Partitions that another instance has. */
    private final Set<Integer> gone = new HashSet<>();

    /**
     * A frame has been taken in.
     *
     * @param volumes how many volumes it belongs to, at least 1: so often it is to be settled
     * @return the record that is not to be acknowledged here (any more): the same one from before a rebalance, or this one if its partition
     *         has gone to another instance meanwhile
     */
    public synchronized Optional<HeldFrame> take(HeldFrame frame, int volumes, Duration now) {
        if (gone.contains(frame.partition())) {
            return Optional.of(frame);
        }
        NavigableMap<Long, Entry> frames = partitions.computeIfAbsent(frame.partition(), p -> new TreeMap<>());
        Entry before = frames.put(frame.offset(), new Entry(frame, volumes, frame.offset(), now));
        return Optional.ofNullable(before).map(Entry::frame);
    }

    /**
     * The result of a volume is at the broker.
     *
     * @param volume all its frames; those that are not held any more, since their partition was revoked, are passed over
     * @return frames to acknowledge now, of this and other volumes, in this order
     */
    public synchronized List<HeldFrame> settle(List<HeldFrame> volume) {
        Map<Integer, Long> reach = new HashMap<>();
        volume.stream().filter(this::holds).forEach(f -> reach.merge(f.partition(), f.offset(), Math::max));
        volume.stream().filter(this::holds).forEach(f -> partitions.get(f.partition()).computeIfPresent(f.offset(),
                (offset, entry) -> entry.done(reach.get(f.partition()))));
        List<HeldFrame> released = new ArrayList<>();
        reach.keySet().forEach(p -> release(partitions.get(p), released));
        return released;
    }

    /** Partitions went to another instance: their frames are not to be acknowledged here any more.
     *  @return those frames */
    public synchronized List<HeldFrame> forget(Collection<Integer> revoked) {
        gone.addAll(revoked);
        return revoked.stream().map(partitions::remove).filter(Objects::nonNull)
                .flatMap(frames -> frames.values().stream()).map(Entry::frame).toList();
    }

    /** Partitions came to this instance. */
    public synchronized void assign(Collection<Integer> assigned) {
        gone.removeAll(assigned);
    }

    /** Whether the frame is to be acknowledged here. */
    public synchronized boolean holds(HeldFrame frame) {
        Entry entry = partitions.getOrDefault(frame.partition(), Collections.emptyNavigableMap()).get(frame.offset());
        return entry != null && entry.frame == frame;
    }

    /** Whether the frame waits for nothing but its turn to be acknowledged. */
    public synchronized boolean isDone(HeldFrame frame) {
        return holds(frame) && partitions.get(frame.partition()).get(frame.offset()).volumes <= 0;
    }

    /** Forgets a frame that goes elsewhere.
     *  @return frames to acknowledge now, which had waited for it, in this order; empty if it was not held */
    public synchronized Optional<List<HeldFrame>> withdraw(HeldFrame frame) {
        if (!holds(frame)) {
            return Optional.empty();
        }
        NavigableMap<Long, Entry> frames = partitions.get(frame.partition());
        frames.remove(frame.offset());
        List<HeldFrame> released = new ArrayList<>();
        release(frames, released);
        return Optional.of(released);
    }

    /** @return frames not acknowledged yet */
    public synchronized int size() {
        return partitions.values().stream().mapToInt(Map::size).sum();
    }

    /** @return when the frame was taken in that has waited longest, empty if none waits */
    public synchronized Optional<Duration> oldest() {
        return partitions.values().stream().flatMap(p -> p.values().stream()).map(Entry::since)
                .min(Comparator.naturalOrder());
    }

    private static void release(NavigableMap<Long, Entry> frames, List<HeldFrame> released) {
        NavigableMap<Long, Entry> done = frames.headMap(boundary(frames), true).descendingMap();
        done.values().forEach(entry -> released.add(entry.frame));
        done.clear();
    }

    /** The highest offset up to which all is done and which no volume reaches across, -1 if there is none. */
    private static long boundary(NavigableMap<Long, Entry> frames) {
        long boundary = -1;
        long reach = -1;
        for (Map.Entry<Long, Entry> frame : frames.entrySet()) {
            if (frame.getValue().volumes > 0) {
                break;
            }
            reach = Math.max(reach, frame.getValue().reach);
            if (frame.getKey() >= reach) {
                boundary = frame.getKey();
            }
        }
        return boundary;
    }
}
