package org.regstream.core.assembly;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.regstream.core.assembly.GatheringVolume.Held;
import org.regstream.core.assembly.Marks.Mark;
import org.regstream.core.assembly.Phases.Placed;

/**
 * The volumes of one series so far: one, until its slices contradict each other and their marks tell why. Not thread-safe: a
 * part of {@link FrameAssembler}.
 */
final class GatheringSeries<T> {

    private final String uid;
    private final Map<Marks, GatheringVolume<T>> volumes = new LinkedHashMap<>();
    private Set<Mark> tellingApart;

    /** @param tellingApart what earlier volumes of the series were told apart by */
    GatheringSeries(String uid, Set<Mark> tellingApart) {
        this.uid = uid;
        this.tellingApart = tellingApart;
    }

    Set<Mark> tellingApart() {
        return tellingApart;
    }

    /** @return what names the volume that the frame belongs to, as far as is known */
    VolumeKey group(Frame frame) {
        return new VolumeKey(uid, frame.marks().only(tellingApart).phase());
    }

    /** @return the volume that the frame belongs to, which may be new; the frame is not added */
    GatheringVolume<T> volumeOf(Frame frame, GeometryTolerance tolerance, Instant now) {
        GatheringVolume<T> volume = volumes.get(frame.marks().only(tellingApart));
        if (volume != null && volume.isCrossedBy(frame, tolerance)) {
            new Phases(tolerance).tell(placedWith(frame)).ifPresent(this::regroup);
        }
        return volumes.computeIfAbsent(frame.marks().only(tellingApart),
                key -> new GatheringVolume<>(group(frame), now));
    }

    private List<Placed> placedWith(Frame frame) {
        List<Placed> placed = new ArrayList<>(frame.placed());
        volumes.values().forEach(v -> v.frames().forEach(f -> placed.addAll(f.placed())));
        return placed;
    }

    private void regroup(Set<Mark> marks) {
        List<Held<T>> held = volumes.values().stream().flatMap(v -> v.held().stream()).toList();
        volumes.clear();
        tellingApart = marks;
        for (Held<T> h : held) {
            volumes.computeIfAbsent(h.frame().marks().only(marks),
                    key -> new GatheringVolume<>(group(h.frame()), h.at())).add(h);
        }
    }

    void remove(GatheringVolume<T> volume) {
        volumes.values().remove(volume);
    }

    boolean isEmpty() {
        return volumes.isEmpty();
    }

    Collection<GatheringVolume<T>> volumes() {
        return volumes.values();
    }
}
