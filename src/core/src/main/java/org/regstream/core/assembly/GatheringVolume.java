package org.regstream.core.assembly;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regstream.core.volume.Volume;

/** The frames of one volume so far, and the tokens to give back with it. Not thread-safe: a part of {@link FrameAssembler}. */
final class GatheringVolume<T> {

    private final VolumeKey key;
    private Instant openedAt;
    private final Map<String, Frame> frames = new LinkedHashMap<>();
    private final List<T> tokens = new ArrayList<>();
    private Instant progressAt;
    private int slices;
    private int declaredSlices;
    private long bytes;

    GatheringVolume(VolumeKey key, Instant now) {
        this.key = key;
        this.openedAt = now;
        this.progressAt = now;
    }

    /** Only a new instance is progress: a sender that repeats itself for ever does not keep a volume open. */
    void add(Frame frame, T token, Instant now) {
        tokens.add(token);
        if (frames.putIfAbsent(frame.sopInstanceUid(), frame) == null) {
            progressAt = now;
            slices += frame.slices().size();
            bytes += bytesOf(frame);
            declaredSlices = Math.max(declaredSlices, frame.declaredSlices());
        }
    }

    void setBack(Duration step) {
        openedAt = openedAt.minus(step);
        progressAt = progressAt.minus(step);
    }

    boolean holds(Frame frame) {
        return frames.containsKey(frame.sopInstanceUid());
    }

    /** @return how a frame contradicts those that are here; empty if it does not */
    Optional<Violation> contradiction(Frame frame, GeometryTolerance tolerance) {
        Frame same = frames.get(frame.sopInstanceUid());
        if (same != null && !hasSamePlaces(same, frame)) {
            return Optional.of(new Violation(AssemblyRule.REUSED_INSTANCE_UID,
                    "one instance UID came with slices at two places"));
        }
        if (frame.declaredSlices() > 0 && declaredSlices > 0 && frame.declaredSlices() != declaredSlices) {
            return Optional.of(new Violation(AssemblyRule.CONTRADICTORY_COUNT,
                    frame.declaredSlices() + " slices declared among frames that declare " + declaredSlices));
        }
        Frame first = frames.isEmpty() ? frame : frames.values().iterator().next();
        return SliceAgreement.check(first, frame, tolerance);
    }

    private static boolean hasSamePlaces(Frame a, Frame b) {
        if (a.slices().size() != b.slices().size()) {
            return false;
        }
        for (int s = 0; s < a.slices().size(); s++) {
            if (!a.slices().get(s).grid().isSameAs(b.slices().get(s).grid())) {
                return false;
            }
        }
        return true;
    }

    boolean isOverdue(AssemblyPolicy policy, Instant now) {
        return !now.isBefore(progressAt.plus(policy.idleTimeout()))
                || !now.isBefore(openedAt.plus(policy.openTimeout()));
    }

    /** Slices of the whole volume by the frames' own word, else by the policy; 0 if unknown. */
    int expected(AssemblyPolicy policy) {
        return declaredSlices > 0 ? declaredSlices : policy.expectedSlices();
    }

    /** Acquisition time of the latest frame; a scanner's clock that runs ahead must not make volumes younger than now. */
    Instant acquiredAt(Instant now) {
        return earlier(Collections.max(acquisitionTimes()), now);
    }

    AssembledVolume assembled(Volume volume, List<String> sliceInstanceUids, Instant now) {
        Frame any = frames.values().iterator().next();
        return new AssembledVolume(VolumeIds.of(key, sliceInstanceUids), key, any.studyInstanceUid(),
                any.frameOfReferenceUid(), earlier(Collections.min(acquisitionTimes()), now), acquiredAt(now),
                sliceInstanceUids, volume);
    }

    private List<Instant> acquisitionTimes() {
        return frames.values().stream().map(Frame::acquiredAt).toList();
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    VolumeKey key() {
        return key;
    }

    Collection<Frame> frames() {
        return frames.values();
    }

    List<T> tokens() {
        return tokens;
    }

    int slices() {
        return slices;
    }

    long bytes() {
        return bytes;
    }

    /** Pixels of a frame, 4 bytes each. */
    static long bytesOf(Frame frame) {
        return frame.slices().stream().mapToLong(s -> (long) Float.BYTES * s.grid().size()).sum();
    }
}
