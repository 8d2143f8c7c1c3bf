package org.regstream.training.evaluate.row;

import java.util.Locale;

/** A map that may point at error; higher is less certain. METHODS keeps them apart, since they mean different things. */
public enum UncertaintyKind {
    /** P1, Eq. 9: u² = flow spread² + predictive u². */
    COMBINED("combined u"),
    /** Root of the trace of the members' covariance, voxels. */
    FLOW_SPREAD("flow spread"),
    /** What the networks expect their labels to be wrong by. */
    PREDICTIVE("predictive u"),
    /** Length that a network expects the displacement's error to have, voxels. */
    EXPECTED_ERROR("expected error"),
    /** Of the label probabilities, nats. */
    LABEL_ENTROPY("label entropy"),
    /** Entropy of the mean less mean entropy of the members, nats. */
    MUTUAL_INFORMATION("mutual information"),
    /** |I - I'∘φ|: what P1's table 1 takes where a method says nothing itself. */
    WARPING_ERROR("warping error"),
    /** P2, Eq. 4: |σ/μ| of the teacher's field, the mean of its three components. */
    TRANSFORMATION("transformation Uφ"),
    /** P2, Eq. 4: |σ/μ| of the images that the teacher warps. */
    APPEARANCE("appearance U_I");

    private final String title;

    UncertaintyKind(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** In column names and file names. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
