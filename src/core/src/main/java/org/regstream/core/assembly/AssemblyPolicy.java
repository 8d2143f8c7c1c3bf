package org.regstream.core.assembly;

import java.time.Duration;
import org.regstream.core.ConfigurationException;
import org.regstream.core.Spans;
import org.regstream.core.geometry.Grid;

/**
 * When a volume is closed, how much may wait, and how regular it must be.
 *
 * @param idleTimeout   a volume that gets no new slice for this long is closed; by the stream's time, which stands still while its owner says so
 * @param openTimeout   a volume is closed this long after its first slice, however its slices drip in: no token is held
 *                      longer
 * @param expectedSlices slices of every live volume, where the protocol fixes them and frames do not declare them; 0 if
 *                      unknown. A promise: fewer are a gap
 * @param maxFrames     frames held over all unfinished volumes, repeated ones included
 * @param maxBytes      bytes of pixels held over all unfinished volumes, 4 a voxel
 * @param tolerance     of the geometry
 */
public record AssemblyPolicy(Duration idleTimeout, Duration openTimeout, int expectedSlices, int maxFrames,
        long maxBytes, GeometryTolerance tolerance) {

    /** 3 s of silence, 60 s in all, no expected count, 4096 frames, 512 MiB. */
    public static final AssemblyPolicy DEFAULT = new AssemblyPolicy(Duration.ofSeconds(3), Duration.ofSeconds(60), 0,
            4096, 512L << 20, GeometryTolerance.DEFAULT);

    private static final long LARGEST_VOLUME_BYTES = Grid.MAX_VOXELS * Float.BYTES;

    public AssemblyPolicy {
        if (idleTimeout.isNegative() || idleTimeout.isZero() || openTimeout.compareTo(idleTimeout) < 0) {
            throw new ConfigurationException("assembly time-outs must be positive and the open one not below the idle "
                    + "one, got idle " + Spans.inWords(idleTimeout) + ", open " + Spans.inWords(openTimeout));
        }
        if (expectedSlices < 0 || expectedSlices == 1) {
            throw new ConfigurationException(
                    "expectedSlices must be 0 (unknown) or at least 2, got " + expectedSlices);
        }
        if (maxFrames < 2 || maxFrames < expectedSlices) {
            throw new ConfigurationException("maxFrames must be at least 2 and not below expectedSlices "
                    + expectedSlices + ", got " + maxFrames);
        }
        if (maxBytes < 1 || maxBytes > LARGEST_VOLUME_BYTES) {
            throw new ConfigurationException(
                    "maxBytes must lie in 1 to " + LARGEST_VOLUME_BYTES + ", got " + maxBytes);
        }
    }

    public AssemblyPolicy withExpectedSlices(int slices) {
        return new AssemblyPolicy(idleTimeout, openTimeout, slices, maxFrames, maxBytes, tolerance);
    }

    public AssemblyPolicy withTimeouts(Duration idle, Duration open) {
        return new AssemblyPolicy(idle, open, expectedSlices, maxFrames, maxBytes, tolerance);
    }

    public AssemblyPolicy withLimits(int frames, long bytes) {
        return new AssemblyPolicy(idleTimeout, openTimeout, expectedSlices, frames, bytes, tolerance);
    }
}
