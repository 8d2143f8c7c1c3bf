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
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.Volume;

/** The frames of one volume so far, and the tokens to give back with it. Not thread-safe: a part of {@link FrameAssembler}. */
final class GatheringVolume<T> {

    /** A frame as it came. */
    record Held<T>(Frame frame, T token, Instant at) {}

    private final VolumeKey group;
    private Instant openedAt;
    private final Map<String, Frame> frames = new LinkedHashMap<>();
    private final List<Held<T>> held = new ArrayList<>();
    private Instant progressAt;
    private Marks alike = Marks.NONE;
    private int slices;
    private int declaredSlices;
    private long bytes;

    /** @param group names it among what is gathered of its series */
    GatheringVolume(VolumeKey group, Instant now) {
        this.group = group;
        this.openedAt = now;
        this.progressAt = now;
    }

    /** Only a new instance is progress: a sender that repeats itself for ever does not keep a volume open. */
    void add(Held<T> one) {
        held.add(one);
        Frame frame = one.frame();
        if (frames.putIfAbsent(frame.sopInstanceUid(), frame) == null) {
            alike = frames.size() == 1 ? frame.marks() : Marks.common(List.of(alike, frame.marks()));
            progressAt = one.at();
            slices += frame.slices().size();
            bytes += bytesOf(frame);
            declaredSlices = Math.max(declaredSlices, frame.declaredSlices());
        }
    }

    /** Whether all its frames say the same of where they belong. */
    boolean isOfOneMark() {
        return frames.values().stream().map(Frame::marks).distinct().count() <= 1;
    }

    void setBack(Duration step) {
        openedAt = openedAt.minus(step);
        progressAt = progressAt.minus(step);
        held.replaceAll(one -> new Held<>(one.frame(), one.token(), one.at().minus(step)));
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

    /** Whether a new instance cannot be of the same volume as those that are here, whatever its marks are. */
    boolean isCrossedBy(Frame frame, GeometryTolerance tolerance) {
        if (frames.isEmpty() || holds(frame)) {
            return false;
        }
        Grid first = frames.values().iterator().next().slices().get(0).grid();
        return frame.slices().stream().map(Volume::grid).anyMatch(
                slice -> SliceAgreement.check(first, slice, tolerance).isPresent() || hasSliceAt(slice));
    }

    private boolean hasSliceAt(Grid place) {
        return frames.values().stream().flatMap(f -> f.slices().stream())
                .anyMatch(s -> Phases.areAtOnePlace(s.grid(), place));
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
        return new AssembledVolume(VolumeIds.of(key(), sliceInstanceUids), key(), any.studyInstanceUid(),
                any.frameOfReferenceUid(), earlier(Collections.min(acquisitionTimes()), now), acquiredAt(now),
                sliceInstanceUids, volume);
    }

    private List<Instant> acquisitionTimes() {
        return frames.values().stream().map(Frame::acquiredAt).toList();
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    VolumeKey group() {
        return group;
    }

    /** Its series and what its slices say alike: the same however much of the series had come when it was told apart. */
    VolumeKey key() {
        return new VolumeKey(group.seriesInstanceUid(), alike.phase());
    }

    Collection<Frame> frames() {
        return frames.values();
    }

    List<Held<T>> held() {
        return held;
    }

    List<T> tokens() {
        return held.stream().map(Held::token).toList();
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
