package org.regstream.dicom.read;

/**
 * How much one instance may ask for. Exceeding any limit is a {@link org.regstream.core.DecodeException}, found before memory
 * is allocated for it.
 *
 * @param maxBytes         of the whole instance, and of its pixels once decoded from RLE
 * @param maxInflatedBytes of a deflated data set once inflated
 * @param maxElementBytes  of one value
 * @param maxDepth         of sequences in sequences
 * @param maxElements      of the whole instance, items included
 * @param maxSide          rows, and columns
 * @param maxFrames        of one instance
 */
public record ReadLimits(long maxBytes, long maxInflatedBytes, long maxElementBytes, int maxDepth, int maxElements,
        int maxSide, int maxFrames) {

    /** Room for an enhanced series of 1 000 frames of 512 x 512 in 16 bits; nesting in the standard stays below 8. */
    public static final ReadLimits DEFAULT = new ReadLimits(1L << 29, 1L << 27, 1L << 29, 16, 500_000,
            4096, 4096);

    /** Live images, several at a time and one a record of 9 MiB: whatever their compression, 256 x 256 x 256 voxels in 16 bits. */
    public static final ReadLimits LIVE = new ReadLimits(1L << 25, 1L << 25, 1L << 25, 16, 500_000, 4096, 4096);

    /** @param memory bytes for an instance and what is made of it
     *  @return these, or less: what inflates is held three times while it does */
    public ReadLimits within(long memory) {
        return new ReadLimits(Math.min(maxBytes, memory), Math.min(maxInflatedBytes, Math.max(1, memory / 3)),
                Math.min(maxElementBytes, memory), maxDepth, maxElements, maxSide, maxFrames);
    }

    /** The largest side of a frame whose bytes an int can count. */
    private static final int MAX_SIDE = 1 << 14;

    public ReadLimits {
        long smallest = Math.min(Math.min(maxBytes, maxInflatedBytes), maxElementBytes);
        int fewest = Math.min(Math.min(maxDepth, maxElements), Math.min(maxSide, maxFrames));
        if (smallest < 1 || fewest < 1 || maxSide > MAX_SIDE) {
            throw new IllegalArgumentException("read limits must be positive and sides at most " + MAX_SIDE + ", got "
                    + smallest + ", " + fewest + " and side " + maxSide);
        }
    }
}
