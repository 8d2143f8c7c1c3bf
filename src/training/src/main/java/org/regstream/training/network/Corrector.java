package org.regstream.training.network;

/**
 * Moves a flow by where the refiner finds the structures and where the flow so far has put them: a small network at half and
 * quarter resolution.
 *
 * <pre>
 * a = block([p, S'∘u], stride 2)            at 1/2
 * b = block([a, few(f)], stride 2), block, block   at 1/4
 * c = convolution(block([up(b), a, few(f)]))       at 1/2
 * </pre>
 */
final class Corrector {

    private static final int NARROW = 8;
    private static final int MIDDLE = 16;
    private static final int WIDE = 32;

    private Corrector() {}

    /**
     * @param flowFeatures f, at the flow's resolution
     * @param seen         p and S'∘u, full resolution
     * @return what to add to the flow, in its voxels
     */
    static String flow(Operations o, Preset preset, String flowFeatures, String seen) {
        String few = o.block("correct_features", flowFeatures, NARROW, 2 / preset.flowDivisor());
        String half = o.concat(o.block("correct1", o.enter(seen), MIDDLE, 2), few);
        String quarter = o.block("correct2", half, WIDE, 2);
        quarter = o.block("correct4", o.block("correct3", quarter, WIDE, 1), WIDE, 1);
        String joined = o.block("correct5", o.concat(o.up(quarter), half), MIDDLE, 1);
        return preset.fromHalf(o, o.convolution("correction", o.real(joined), 3, 3, 1, Start.NOTHING));
    }
}
