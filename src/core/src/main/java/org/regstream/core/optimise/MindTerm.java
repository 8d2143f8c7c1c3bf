package org.regstream.core.optimise;

/**
 * How far the self-similarity of the fixed image is from that of the moving image, wherever the field pulls from, for images of
 * different contrast:
 *
 * <pre>
 * L = mean over x and c of (d_fixed(x, c) - d_moving(x + u(x), c))²
 * </pre>
 *
 * The descriptors are made once and the moving one is pulled, as in ConvexAdam; to make it anew from the pulled image would cost
 * ten times as much, and differs only where the field turns tissue. Which voxels count: {@link NlccTerm}.
 */
public final class MindTerm implements PointwiseTerm {

    /** Training compares patches of 5; small structures are found better by smaller ones (decision 0013). */
    public static final int DEFAULT_PATCH = 3;

    private final ChannelDifference difference;

    /** @param patch edge of the patches that are compared, voxels, odd, at least 1 */
    public MindTerm(ImagePair pair, int patch) {
        this(View.of(pair), patch);
    }

    MindTerm(View view, int patch) {
        if (patch < 1 || patch % 2 == 0) {
            throw new IllegalArgumentException("patch must be odd and at least 1 voxel, got " + patch);
        }
        float[] fixed = MindDescriptor.of(view.wholeFixed(), view.fixedInside(), patch);
        difference = new ChannelDifference(view, MindDescriptor.CHANNELS, view.cut(fixed, MindDescriptor.CHANNELS),
                MindDescriptor.of(view.moving(), view.movingInside(), patch),
                counted -> (double) MindDescriptor.CHANNELS * counted);
    }

    @Override
    public double evaluate(float[] u, double weight, float[] gradient, float[] curvature) {
        return difference.evaluate(u, weight, gradient, curvature);
    }
}
