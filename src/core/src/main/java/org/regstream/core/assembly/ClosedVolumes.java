package org.regstream.core.assembly;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.regstream.core.assembly.Marks.Mark;
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
    /** @param phase what its slices said alike */
    private record SilentClose(Instant at, String phase, Grid grid) {}
    /** @param phase what its slices said alike */
    private record Refusal(Instant refusedAt, Instant lastFrameAt, String phase) {}

    private final Map<Instance, Boolean> instances = new Bounded<>(MAX_INSTANCES);
    private final Map<VolumeKey, Refusal> refusals = new Bounded<>(MAX_VOLUMES);
    private final Map<VolumeKey, SilentClose> silentCloses = new Bounded<>(MAX_VOLUMES);
    private final Map<String, Set<Mark>> tellingApart = new Bounded<>(MAX_VOLUMES);
    /** By series, where its frames came from. */
    private final Map<String, Set<Integer>> partitions = new Bounded<>(MAX_VOLUMES);

    void cameFrom(String series, int partition) {
        partitions.computeIfAbsent(series, s -> new HashSet<>()).add(partition);
    }

    /** Forgets series of which frames came from there, or may have; of others the rest of what is refused must not pass for a smaller volume. */
    void forget(IntPredicate isGone) {
        partitions.values().removeIf(from -> from.stream().anyMatch(isGone::test));
        instances.keySet().removeIf(one -> !partitions.containsKey(one.key.seriesInstanceUid()));
        refusals.keySet().removeIf(key -> !partitions.containsKey(key.seriesInstanceUid()));
        silentCloses.keySet().removeIf(key -> !partitions.containsKey(key.seriesInstanceUid()));
        tellingApart.keySet().retainAll(partitions.keySet());
    }

    /** @return what told the volumes of a series apart before; empty if nothing had to */
    Set<Mark> tellingApart(String series) {
        return tellingApart.getOrDefault(series, Set.of());
    }

    void toldApart(String series, Set<Mark> marks) {
        if (!marks.isEmpty()) {
            tellingApart.put(series, marks);
        }
    }

    void refused(VolumeKey group, String phase, Instant now) {
        refusals.put(group, new Refusal(now, now, phase));
    }

    void completed(VolumeKey group, Iterable<Frame> frames) {
        silentCloses.remove(group);
        frames.forEach(f -> instances.put(new Instance(f.key(), f.sopInstanceUid()), Boolean.TRUE));
    }

    /** The volume was complete only as far as silence can tell. */
    void completedBySilence(VolumeKey group, Iterable<Frame> frames, String phase, Grid grid, Instant now) {
        completed(group, frames);
        silentCloses.put(group, new SilentClose(now, phase, grid));
    }

    void setBack(Duration step) {
        refusals.replaceAll((key, r) -> new Refusal(r.refusedAt.minus(step), r.lastFrameAt.minus(step), r.phase));
        silentCloses.replaceAll((key, c) -> new SilentClose(c.at.minus(step), c.phase, c.grid));
    }

    boolean isOut(Frame frame) {
        return instances.containsKey(new Instance(frame.key(), frame.sopInstanceUid()));
    }

    /**
     * Whether frames of a volume belong to one that is refused: until its series has been silent for the idle time-out, so
     * that the rest of a refused volume never passes for a smaller one; for the open time-out at most. A frame that says it is
     * of another moment does not.
     */
    boolean absorbs(VolumeKey group, Marks marks, AssemblyPolicy policy, Instant now) {
        Refusal refusal = refusals.get(group);
        if (refusal == null || marks.contradict(refusal.phase)) {
            return false;
        }
        boolean isOver = !now.isBefore(refusal.lastFrameAt.plus(policy.idleTimeout()))
                || !now.isBefore(refusal.refusedAt.plus(policy.openTimeout()));
        if (isOver) {
            refusals.remove(group);
        } else {
            refusals.put(group, new Refusal(refusal.refusedAt, now, refusal.phase));
        }
        return !isOver;
    }

    /**
     * Whether the frame shows that a volume closed by silence was not whole: soon after, at a place where that volume has no
     * slice, and with its marks or on its lattice. A slice at a place it has begins the next volume of the same stack.
     */
    Optional<Violation> extendsClosed(Frame frame, VolumeKey group, AssemblyPolicy policy, Instant now) {
        SilentClose close = silentCloses.get(group);
        if (close == null || !now.isBefore(close.at.plus(policy.openTimeout()))) {
            return Optional.empty();
        }
        for (Volume slice : frame.slices()) {
            Affine place = slice.grid().affine();
            if (!hasSliceAt(close.grid, place) && (frame.marks().isOf(close.phase) || continues(close.grid, place))) {
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

    /** Whether a slice lies whole slices before or behind a stack, as the next slab does. */
    private static boolean continues(Grid grid, Affine slice) {
        double[] at = grid.affine().toIndex(slice.origin());
        return Math.abs(at[0] - Math.rint(at[0])) < SliceStack.SAME_PLACE && Math.abs(at[1]) < SliceStack.SAME_PLACE
                && Math.abs(at[2]) < SliceStack.SAME_PLACE;
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
