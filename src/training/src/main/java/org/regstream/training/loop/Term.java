package org.regstream.training.loop;

/** What a step reports, in the order of {@link LossParts}. */
public enum Term {
    /** The loss. */
    TOTAL("loss"),
    /** -NLCC, in [-1, 0], or the mean squared length of the difference of MIND. */
    SIMILARITY("similarity"),
    /** 1 - soft Dice of the warped labels. */
    SEGMENTATION("segmentation"),
    /** 1 - soft Dice of the refined labels. */
    REFINEMENT("refinement"),
    /** Squared gradient of the displacement, voxels². */
    SMOOTHNESS("smoothness"),
    /** Eq. 6 of P1. */
    UNCERTAINTY("uncertainty"),
    /** Kullback-Leibler divergence of the velocity. */
    DIVERGENCE("divergence"),
    /** Mean squared difference of the student's and the teacher's image. */
    CONSISTENCY("consistency"),
    /** Weight of the smoothness in this step. */
    LAMBDA_PHI("lambdaPhi"),
    /** Weight of the consistency in this step. */
    LAMBDA_C("lambdaC"),
    /** Mean length of the displacement's error where the truth is known, voxels. */
    FLOW_ERROR("flowError"),
    /** Of both images' outlines: 1 - soft Dice and cross-entropy. */
    OUTLINE("outline");

    private final String key;

    Term(String key) {
        this.key = key;
    }

    /** Name in {@code log.jsonl}. */
    public String key() {
        return key;
    }
}
