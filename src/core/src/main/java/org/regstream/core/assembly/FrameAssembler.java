package org.regstream.core.assembly;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.assembly.AssemblyOutcome.Late;
import org.regstream.core.assembly.AssemblyOutcome.Refused;
import org.regstream.core.assembly.AssemblyOutcome.Waiting;
import org.regstream.core.assembly.GatheringVolume.Held;
import org.regstream.core.volume.Volume;

/**
 * Frames into volumes, for one procedure. Frames may come in any order, repeated, and with those of other volumes in
 * between.
 *
 * <p>A series is one volume until two of its slices lie at one place, or in planes that no stack holds both of; then its
 * frames' {@link Marks} must tell its volumes apart, or it is refused.
 *
 * <p>A volume is closed when its count of slices is reached (declared by the frames, else expected by the policy; not while
 * marks differ among them, which may be those of phases that come side by side), by the
 * end of its series, or by a time-out; it is complete if its slices then form one regular stack of the right count, and
 * refused otherwise. What breaks a rule that single frames can break is refused at once; the rest of its frames are
 * absorbed until the series is silent, and then it may be sent again.
 *
 * <p>What waits is bounded by the policy, and {@link #expire} must be called at least as often as time-outs are to be
 * noticed. Not thread-safe: a part of its owner's state.
 *
 * @param <T> whatever stands for a frame at its source; each is given back exactly once, to be acknowledged. An instance
 *            with slices of several volumes is several frames, so its source is done when each has come back
 */
public final class FrameAssembler<T> {

    private enum Close {
        BY_COUNT, BY_END_OF_SERIES, BY_TIMEOUT
    }

    private final AssemblyPolicy policy;
    private final ToIntFunction<T> partition;
    private final Map<String, GatheringSeries<T>> gathering = new LinkedHashMap<>();
    private final ClosedVolumes closed = new ClosedVolumes();
    private int heldFrames;
    private long heldBytes;

    /** Of frames that all come from one place. */
    public FrameAssembler(AssemblyPolicy policy) {
        this(policy, token -> 0);
    }

    /** @param partition where a frame comes from, by its token; all of one place go together, see {@link #withdraw} */
    public FrameAssembler(AssemblyPolicy policy, ToIntFunction<T> partition) {
        this.policy = policy;
        this.partition = partition;
    }

    /**
     * Takes a frame in.
     *
     * @param token given back when the frame's volume is closed
     * @param now   never before the {@code now} of an earlier call
     */
    public AssemblyOutcome<T> offer(Frame frame, T token, Instant now) {
        closed.cameFrom(frame.seriesInstanceUid(), partition.applyAsInt(token));
        if (closed.isOut(frame)) {
            return new Late<>(frame.key(), Late.Cause.REPEATED, token);
        }
        GatheringSeries<T> series = gathering.getOrDefault(frame.seriesInstanceUid(),
                new GatheringSeries<>(frame.seriesInstanceUid(), closed.tellingApart(frame.seriesInstanceUid())));
        if (closed.absorbs(series.group(frame), frame.marks(), policy, now)) {
            return new Late<>(frame.key(), Late.Cause.VOLUME_REFUSED, token);
        }
        GatheringVolume<T> volume = series.volumeOf(frame, policy.tolerance(), now);
        gathering.putIfAbsent(frame.seriesInstanceUid(), series);
        closed.toldApart(frame.seriesInstanceUid(), series.tellingApart());
        Optional<Violation> violation = violationOf(volume, frame, now);
        hold(volume, frame, token, now);
        if (violation.isPresent()) {
            return refuse(volume, violation.get(), now);
        }
        int expected = volume.expected(policy);
        return expected > 0 && volume.slices() >= expected && volume.isOfOneMark()
                ? close(volume, Close.BY_COUNT, now)
                : new Waiting<>(volume.key(), volume.slices(), expected);
    }

    /** Closes the volumes whose time is over. */
    public List<AssemblyOutcome<T>> expire(Instant now) {
        List<GatheringVolume<T>> overdue = waiting().stream().filter(v -> v.isOverdue(policy, now)).toList();
        return closeAll(overdue, Close.BY_TIMEOUT, now);
    }

    /** Closes all volumes of a series whose last frame has been offered. */
    public List<AssemblyOutcome<T>> endOfSeries(String seriesInstanceUid, Instant now) {
        List<GatheringVolume<T>> ended = waiting().stream()
                .filter(v -> v.group().seriesInstanceUid().equals(seriesInstanceUid)).toList();
        return closeAll(ended, Close.BY_END_OF_SERIES, now);
    }

    /** Gives up what waits, when the procedure ends.
     *  @return the tokens of all frames that waited */
    public List<T> clear() {
        List<T> tokens = new ArrayList<>();
        for (GatheringVolume<T> volume : waiting()) {
            release(volume);
            tokens.addAll(volume.tokens());
        }
        return tokens;
    }

    /**
     * Gives up the volumes that have lost frames to somebody else, who gets those again. What was known of closed volumes of such series is
     * forgotten: their frames may come again too, and are to make the same volumes then.
     *
     * @param isGone of partitions; tokens of their frames are not given back
     * @return a refusal of each volume that keeps some of its frames
     */
    public List<AssemblyOutcome<T>> withdraw(IntPredicate isGone, Instant now) {
        closed.forget(isGone);
        List<AssemblyOutcome<T>> outcomes = new ArrayList<>();
        for (GatheringVolume<T> volume : waiting()) {
            List<T> left = volume.tokens().stream().filter(token -> !isGone.test(partition.applyAsInt(token))).toList();
            if (left.size() < volume.tokens().size()) {
                release(volume);
                if (!left.isEmpty()) {
                    outcomes.add(new Refused<>(new AssemblyRefusal(AssemblyRule.GAP,
                            volume.tokens().size() - left.size() + " of its " + volume.tokens().size()
                                    + " frames went to another instance",
                            volume.key(), volume.acquiredAt(now)), left));
                }
            }
        }
        return outcomes;
    }

    /** Refuses the volume that holds most, where memory is short.
     *  @return empty if none waits */
    public Optional<AssemblyOutcome<T>> giveUpLargest(Instant now) {
        return waiting().stream().max(Comparator.comparingLong(GatheringVolume::bytes))
                .map(volume -> refuse(volume, new Violation(AssemblyRule.TOO_MANY_BYTES,
                        volume.bytes()
                                + " bytes of pixels waiting while there is no memory for other procedures' frames"),
                        now));
    }

    /** The clock was set back by so much, forward if negative: every span stays as long as it was. Likewise where nothing could come for a while. */
    public void setBack(Duration step) {
        waiting().forEach(volume -> volume.setBack(step));
        closed.setBack(step);
    }

    /** @return frames that wait, repeated ones included */
    public int heldFrames() {
        return heldFrames;
    }

    /** @return bytes of pixels that wait */
    public long heldBytes() {
        return heldBytes;
    }

    private List<GatheringVolume<T>> waiting() {
        return gathering.values().stream().flatMap(series -> series.volumes().stream()).toList();
    }

    private Optional<Violation> violationOf(GatheringVolume<T> volume, Frame frame, Instant now) {
        return overLimit(volume, frame).or(() -> closed.extendsClosed(frame, volume.group(), policy, now))
                .or(() -> volume.contradiction(frame, policy.tolerance()));
    }

    private Optional<Violation> overLimit(GatheringVolume<T> volume, Frame frame) {
        if (heldFrames + 1 > policy.maxFrames()) {
            return Optional.of(new Violation(AssemblyRule.TOO_MANY_FRAMES,
                    "more than " + policy.maxFrames() + " frames waiting"));
        }
        long more = volume.holds(frame) ? 0 : frame.pixelBytes();
        return heldBytes + more <= policy.maxBytes()
                ? Optional.empty()
                : Optional.of(new Violation(
                        AssemblyRule.TOO_MANY_BYTES, "more than " + policy.maxBytes() + " bytes of pixels waiting"));
    }

    private void hold(GatheringVolume<T> volume, Frame frame, T token, Instant now) {
        long before = volume.bytes();
        volume.add(new Held<>(frame, token, now));
        heldBytes += volume.bytes() - before;
        heldFrames++;
    }

    private List<AssemblyOutcome<T>> closeAll(List<GatheringVolume<T>> volumes, Close reason, Instant now) {
        List<AssemblyOutcome<T>> outcomes = new ArrayList<>();
        volumes.forEach(v -> outcomes.add(close(v, reason, now)));
        return outcomes;
    }

    private AssemblyOutcome<T> close(GatheringVolume<T> volume, Close reason, Instant now) {
        SliceStack stack = SliceStack.of(volume.frames());
        Optional<Violation> violation = wrongCount(volume).or(() -> stack.check(policy.tolerance()));
        return violation.isPresent()
                ? refuse(volume, violation.get(), now)
                : complete(volume, stack, reason, now);
    }

    private Optional<Violation> wrongCount(GatheringVolume<T> volume) {
        int expected = volume.expected(policy);
        if (expected == 0 || volume.slices() == expected) {
            return Optional.empty();
        }
        AssemblyRule rule = volume.slices() < expected ? AssemblyRule.GAP : AssemblyRule.TOO_MANY_SLICES;
        return Optional.of(new Violation(rule, volume.slices() + " slices came, " + expected + " expected"));
    }

    private AssemblyOutcome<T> complete(GatheringVolume<T> gathered, SliceStack stack, Close reason, Instant now) {
        release(gathered);
        Volume volume = stack.toVolume(policy.tolerance());
        if (reason == Close.BY_TIMEOUT && gathered.expected(policy) == 0) {
            closed.completedBySilence(gathered.group(), gathered.frames(), gathered.key().phase(), volume.grid(), now);
        } else {
            closed.completed(gathered.group(), gathered.frames());
        }
        return new Complete<>(gathered.assembled(volume, stack.instanceUids(), now), gathered.tokens());
    }

    private AssemblyOutcome<T> refuse(GatheringVolume<T> volume, Violation violation, Instant now) {
        release(volume);
        closed.refused(volume.group(), volume.key().phase(), now);
        return new Refused<>(new AssemblyRefusal(violation.rule(), violation.explanation(), volume.key(),
                volume.acquiredAt(now)), volume.tokens());
    }

    private void release(GatheringVolume<T> volume) {
        GatheringSeries<T> series = gathering.get(volume.group().seriesInstanceUid());
        series.remove(volume);
        if (series.isEmpty()) {
            gathering.remove(volume.group().seriesInstanceUid());
        }
        heldFrames -= volume.held().size();
        heldBytes -= volume.bytes();
    }
}
