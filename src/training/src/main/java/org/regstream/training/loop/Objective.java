package org.regstream.training.loop;

import org.regstream.core.ConfigurationException;

/**
 * What a training makes small (METHODS, Losses):
 *
 * <pre>
 * L = L_sim + a L_seg(S'∘φ) + a L_seg(Ŝ) + λ L_smooth + b L_uncert + c KL + λc L_c
 * </pre>
 *
 * Terms that a network has no output for are left out: L_seg(Ŝ) and L_uncert need the heads, KL a velocity's variance.
 *
 * @param similarity   of the images
 * @param segmentation a, 0 for training without labels
 * @param smoothness   λ, of the norm that {@link Similarity} says; read only without a mean teacher and without conditioning, which bring their own
 * @param uncertainty  b, METHODS: 0.1
 * @param divergence   c
 * @param direction    which images are warped
 * @param teacher      how λ and λc are set
 */
public record Objective(Similarity similarity, double segmentation, double smoothness, double uncertainty,
        double divergence, Direction direction, MeanTeacher teacher) {

    /** L_reg + 0.1 L_uncert (P1). */
    public static final Objective P1 = new Objective(Similarity.NLCC, 1, 0.01, 0.1, 0, Direction.FORWARD,
            MeanTeacher.NONE);

    /** L_sim + λ L_smooth without labels (P2). */
    public static final Objective P2 = new Objective(Similarity.MIND, 0, 3, 0, 0, Direction.FORWARD, MeanTeacher.NONE);

    public Objective {
        if (!(segmentation >= 0 && smoothness >= 0 && uncertainty >= 0 && divergence >= 0)) {
            throw new ConfigurationException("weights of the loss must not be negative, got segmentation "
                    + segmentation + ", smoothness " + smoothness + ", uncertainty " + uncertainty + ", divergence "
                    + divergence);
        }
    }

    public Objective withSmoothness(double other) {
        return new Objective(similarity, segmentation, other, uncertainty, divergence, direction, teacher);
    }

    public Objective withDivergence(double other) {
        return new Objective(similarity, segmentation, smoothness, uncertainty, other, direction, teacher);
    }

    public Objective with(Direction other) {
        return new Objective(similarity, segmentation, smoothness, uncertainty, divergence, other, teacher);
    }

    public Objective with(MeanTeacher other) {
        return new Objective(similarity, segmentation, smoothness, uncertainty, divergence, direction, other);
    }
}
