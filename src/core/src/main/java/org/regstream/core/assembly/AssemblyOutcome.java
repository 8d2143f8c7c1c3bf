package org.regstream.core.assembly;

import java.util.List;

/**
 * What became of frames that were offered. Every token comes back exactly once, in {@link Complete}, {@link Refused} or
 * {@link Late}, and is to be acknowledged then.
 *
 * @param <T> whatever stands for a frame at its source
 */
public sealed interface AssemblyOutcome<T> {

    /**
     * The volume is not complete yet; the token is kept.
     *
     * @param slices   got so far
     * @param expected slices of the whole volume, 0 if unknown
     */
    record Waiting<T>(VolumeKey key, int slices, int expected) implements AssemblyOutcome<T> {}

    /**
     * The volume is whole.
     *
     * @param tokens of all its frames, repeated ones included, in the order of arrival
     */
    record Complete<T>(AssembledVolume volume, List<T> tokens) implements AssemblyOutcome<T> {
        public Complete {
            tokens = List.copyOf(tokens);
        }
    }

    /**
     * The frames break a rule and are given up.
     *
     * @param tokens of all of them, repeated ones included, in the order of arrival
     */
    record Refused<T>(AssemblyRefusal refusal, List<T> tokens) implements AssemblyOutcome<T> {
        public Refused {
            tokens = List.copyOf(tokens);
        }
    }

    /** The frame changes nothing any more: acknowledge it; nothing else follows from it. */
    record Late<T>(VolumeKey key, Cause cause, T token) implements AssemblyOutcome<T> {

        public enum Cause {
            /** The frame was part of a volume that is out. */
            REPEATED,
            /** The frame's volume has been refused and its series has not been silent since. */
            VOLUME_REFUSED
        }
    }
}
