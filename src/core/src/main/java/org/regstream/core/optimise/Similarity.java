package org.regstream.core.optimise;

import org.regstream.core.similarity.Nlcc;

/** What makes two images alike. */
public enum Similarity {
    /** Local cross-correlation, window 5 (METHODS, hippocampus): images of one contrast. */
    NLCC(0.8) {
        @Override
        PointwiseTerm of(View view) {
            return new NlccTerm(view, Nlcc.DEFAULT_WINDOW);
        }

        /** The square, so that outlines say the less the better the images fit. */
        @Override
        double unexplained(double dissimilarity) {
            return (1 + dissimilarity) * (1 + dissimilarity);
        }

        @Override
        double unexplainedSlope(double dissimilarity) {
            return 2 * (1 + dissimilarity);
        }
    },
    /** Self-similarity context: images of any contrasts, such as CT and MR. */
    MIND(0.04) {
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

    private final double smoothness;

    Similarity(double smoothness) {
        this.smoothness = smoothness;
    }

    /** Weight of the field's squared gradient that goes with it, 1 / voxels²; chosen on images of people and of one patient, moved by known
     *  fields (decision 0013). */
    double smoothness() {
        return smoothness;
    }

    abstract PointwiseTerm of(View view);

    /** What the images leave for outlines to say, from 0 where they fit perfectly; and its derivative. */
    abstract double unexplained(double dissimilarity);

    abstract double unexplainedSlope(double dissimilarity);
}
