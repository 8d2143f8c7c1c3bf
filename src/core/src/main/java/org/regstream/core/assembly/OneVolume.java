package org.regstream.core.assembly;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.regstream.core.DecodeException;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.assembly.AssemblyOutcome.Refused;

/** The volume that frames make which are all there, as those of a folder or an upload; by the same rules as live ones. */
public final class OneVolume {

    private OneVolume() {}

    /**
     * @param frames at least one, in any order
     * @throws DecodeException if they are of several series, make several volumes, or none; the message names what there is
     */
    public static AssembledVolume of(List<Frame> frames) {
        requireOneSeries(frames);
        List<AssembledVolume> volumes = new ArrayList<>();
        for (AssemblyOutcome<Frame> outcome : assemble(frames)) {
            if (outcome instanceof Refused<Frame> refused) {
                throw new DecodeException("not one regular volume: " + refused.refusal() + ". "
                        + refused.refusal().rule().sentence());
            }
            if (outcome instanceof Complete<Frame> complete) {
                volumes.add(complete.volume());
            }
        }
        if (volumes.size() != 1) {
            throw new DecodeException(volumes.size() + " volumes in one series, expected one: " + names(volumes)
                    + "; keep the instances of one");
        }
        return volumes.get(0);
    }

    private static void requireOneSeries(List<Frame> frames) {
        Map<String, Long> instances = frames.stream().collect(
                Collectors.groupingBy(Frame::seriesInstanceUid, LinkedHashMap::new, Collectors.counting()));
        if (instances.size() > 1) {
            throw new DecodeException(instances.size() + " series, expected one: "
                    + instances.entrySet().stream().map(s -> s.getKey() + " (" + s.getValue() + " instances)")
                            .collect(Collectors.joining(", "))
                    + "; keep one");
        }
    }

    private static List<AssemblyOutcome<Frame>> assemble(List<Frame> frames) {
        FrameAssembler<Frame> assembler = new FrameAssembler<>(AssemblyPolicy.DEFAULT);
        Instant now = Instant.now();
        List<AssemblyOutcome<Frame>> outcomes = new ArrayList<>();
        frames.forEach(frame -> outcomes.add(assembler.offer(frame, frame, now)));
        outcomes.addAll(assembler.endOfSeries(frames.get(0).seriesInstanceUid(), now));
        return outcomes;
    }

    private static String names(List<AssembledVolume> volumes) {
        return volumes.stream().map(v -> v.volume().grid().depth() + " slices"
                + (v.key().phase().isEmpty() ? "" : " of " + v.key().phase()))
                .collect(Collectors.joining(", "));
    }
}
