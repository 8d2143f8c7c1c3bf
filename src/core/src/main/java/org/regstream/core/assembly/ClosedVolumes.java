package org.regstream.core.assembly;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.Volume;

/**
 * What is still known of volumes that went out or were refused; bounded, the oldest forgotten first. Not thread-safe:
 * a part of {@link FrameAssembler}.
 */
final class ClosedVolumes {

    private static final int MAX_VOLUMES = 1024;
    /** Twice the default limit of waiting frames; about 4 MB of UIDs. */
    private static final int MAX_INSTANCES = 8192;

    private record Instance(VolumeKey key, String sopInstanceUid) {}
    private record Refusal(Instant refusedAt, Instant lastFrameAt) {}
    private record SilentClose(Instant at, Grid grid) {}

    private final Map<Instance, Boolean> instances = new Bounded<>(MAX_INSTANCES);
    private final Map<VolumeKey, Refusal> refusals = new Bounded<>(MAX_VOLUMES);
    private final Map<VolumeKey, SilentClose> silentCloses = new Bounded<>(MAX_VOLUMES);

    void refused(VolumeKey key, Instant now) {
        refusals.put(key, new Refusal(now, now));
    }

    void completed(VolumeKey key, Iterable<Frame> frames) {
        silentCloses.remove(key);
        frames.forEach(f -> instances.put(new Instance(key, f.sopInstanceUid()), Boolean.TRUE));
    }

    /** The volume was complete only as far as silence can tell. */
    void completedBySilence(VolumeKey key, Iterable<Frame> frames, Grid grid, Instant now) {
        completed(key, frames);
        silentCloses.put(key, new SilentClose(now, grid));
    }

    void setBack(Duration step) {
        refusals.replaceAll((key, r) -> new Refusal(r.refusedAt.minus(step), r.lastFrameAt.minus(step)));
        silentCloses.replaceAll((key, c) -> new SilentClose(c.at.minus(step), c.grid));
    }

    boolean isOut(Frame frame) {
        return instances.containsKey(new Instance(frame.key(), frame.sopInstanceUid()));
    }

    /**
     * Whether the frame belongs to a volume that is refused: until its series has been silent for the idle time-out, so
     * that the rest of a refused volume never passes for a smaller one; for the open time-out at most.
     */
    boolean absorbs(Frame frame, AssemblyPolicy policy, Instant now) {
        Refusal refusal = refusals.get(frame.key());
        if (refusal == null) {
            return false;
        }
        boolean isOver = !now.isBefore(refusal.lastFrameAt.plus(policy.idleTimeout()))
                || !now.isBefore(refusal.refusedAt.plus(policy.openTimeout()));
        if (isOver) {
            refusals.remove(frame.key());
        } else {
            refusals.put(frame.key(), new Refusal(refusal.refusedAt, now));
        }
        return !isOver;
    }

    /**
     * Whether the frame shows that a volume closed by silence was not whole: same key, soon after, at a place where that
     * volume has no slice. A slice at a place it has begins the next volume of the same stack.
     */
    Optional<Violation> extendsClosed(Frame frame, AssemblyPolicy policy, Instant now) {
        SilentClose close = silentCloses.get(frame.key());
        if (close == null || !now.isBefore(close.at.plus(policy.openTimeout()))) {
            return Optional.empty();
        }
        for (Volume slice : frame.slices()) {
            if (!hasSliceAt(close.grid, slice.grid().affine())) {
                return Optional.of(new Violation(AssemblyRule.SLICE_AFTER_CLOSE,
                        "a slice beside the " + close.grid.depth() + " of the volume closed before"));
            }
        }
        return Optional.empty();
    }

    private static boolean hasSliceAt(Grid grid, Affine slice) {
        double k = grid.affine().toIndex(slice.origin())[0];
        double nearest = Math.max(0, Math.min(grid.depth() - 1, Math.rint(k)));
        return grid.affine().toLps(nearest, 0, 0).minus(slice.origin()).norm() < SliceStack.SAME_PLACE
                * grid.affine().stepK().norm();
    }

    private static final class Bounded<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;
        private final int limit;

        Bounded(int limit) {
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > limit;
        }
    }
}
