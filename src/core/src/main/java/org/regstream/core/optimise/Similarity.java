package org.regstream.core.optimise;

import org.regstream.core.similarity.Nlcc;

/** What makes two images alike. */
public enum Similarity {
    /** Local cross-correlation, window 5 (METHODS, hippocampus): images of one contrast. */
    NLCC(0.3, 0.6) {
        @Override
        PointwiseTerm of(View view) {
            return new NlccTerm(view, Nlcc.DEFAULT_WINDOW, LEAST_VARIANCE);
        }

        /** Where the images of one patient fit, 0: the network's outlines have nothing to add. Between two people more is left. */
        @Override
        double unexplained(double dissimilarity) {
            double left = Math.max(0, 1 + dissimilarity - EXPLAINED);
            return left * left;
        }

        @Override
        double unexplainedSlope(double dissimilarity) {
            return 2 * Math.max(0, 1 + dissimilarity - EXPLAINED);
        }
    },
    /** Self-similarity context: images of any contrasts, such as CT and MR. */
    MIND(0.04, 0) {
        @Override
        PointwiseTerm of(View view) {
            return new MindTerm(view, MindTerm.DEFAULT_PATCH);
        }

        @Override
        double unexplained(double dissimilarity) {
            return dissimilarity;
        }

        @Override
        double unexplainedSlope(double dissimilarity) {
            return 1;
        }
    };

    /** What varies by less than 2 % of the intensity range is noise more often than anatomy (decision 0013). */
    private static final double LEAST_VARIANCE = 5e-4;

    /** What noise and resampling leave between two scans of one patient, of 1 (decision 0013). */
    private static final double EXPLAINED = 0.4;

    private final double smoothness;
    private final double blurVoxels;

    Similarity(double smoothness, double blurVoxels) {
        this.smoothness = smoothness;
        this.blurVoxels = blurVoxels;
    }

    /** Weight of the field's squared gradient that goes with it, 1 / voxels²; chosen on images of people and of one patient, moved by known
     *  fields (decision 0013). */
    double smoothness() {
        return smoothness;
    }

    /** Standard deviation of the Gaussian that both images are smoothed with before they are compared, so that noise of single
     *  voxels pulls the field less (decision 0013). */
    double blurVoxels() {
        return blurVoxels;
    }

    abstract PointwiseTerm of(View view);

    /** What the images leave for outlines to say, from 0 where they fit perfectly; and its derivative. */
    abstract double unexplained(double dissimilarity);

    abstract double unexplainedSlope(double dissimilarity);
}
