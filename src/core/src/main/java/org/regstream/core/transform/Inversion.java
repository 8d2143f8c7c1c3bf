package org.regstream.core.transform;

import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Vector3;

/**
 * Finds the place of the fixed image that a transform takes to a given place q of the moving one, by fixed-point steps through
 * an affine map A that is near the transform T:
 *
 * <pre>
 * x <- x - s A^-1 (T(x) - q),  from x = A^-1 q;  s = 1, halved when a step does not help
 * </pre>
 *
 * It comes to rest where T differs from A by a map whose slope is below 1, as where nothing folds or expands more than twice.
 *
 * @param transform known everywhere: continued beyond its domain
 */
record Inversion(PlaceMap transform, Pose near, Pose back) {

    /** Near enough: what is left to float arithmetic at places of a metre. */
    static final double TOLERANCE_MM = 1e-4;

    private static final int STEPS = 200;
    private static final double LEAST_SHARE = 1.0 / 64;

    Inversion(PlaceMap transform, Pose near) {
        this(transform, near, near.inverse());
    }

    /** @param fixed      the best place found, LPS mm
     *  @param residualMm how far from the place asked for the transform takes it */
    record Found(Vector3 fixed, double residualMm) {}

    Found toFixed(Vector3 moving) {
        Vector3 at = back.toMoving(moving);
        Vector3 miss = transform.map(at).minus(moving);
        double share = 1;
        for (int step = 0; step < STEPS && miss.norm() > TOLERANCE_MM && share >= LEAST_SHARE; step++) {
            Vector3 next = at.minus(back.turn(miss).times(share));
            Vector3 nextMiss = transform.map(next).minus(moving);
            if (nextMiss.norm() < miss.norm()) {
                at = next;
                miss = nextMiss;
            } else {
                share /= 2;
            }
        }
        return new Found(at, miss.norm());
    }
}
