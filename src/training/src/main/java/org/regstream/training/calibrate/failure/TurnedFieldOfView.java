package org.regstream.training.calibrate.failure;

import java.util.random.RandomGenerator;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;

/**
 * The scan is turned about its middle, about any axis. The labels turn alike.
 *
 * @param kind        its name
 * @param leastDegrees at severity 0
 * @param mostDegrees  at severity 1
 */
public record TurnedFieldOfView(String kind, double leastDegrees, double mostDegrees) implements Failure {

    /** By any angle up to 60 degrees. */
    public TurnedFieldOfView() {
        this("turned field of view", 0, 60);
    }

    /** Beyond what a network learns, short of what alignment is for. */
    public static TurnedFieldOfView byThirtyDegrees() {
        return new TurnedFieldOfView("turned by 30 degrees", 25, 35);
    }

    @Override
    public Arrival spoil(Arrival pair, double severity, RandomGenerator random) {
        return Alteration.seenFrom(pair, turned(pair.fixed().image().grid(), Directions.any(random),
                Math.toRadians(leastDegrees + severity * (mostDegrees - leastDegrees))));
    }

    /** @param axis of unit length */
    static Grid turned(Grid g, Vector3 axis, double radians) {
        Affine a = g.affine();
        Vector3 origin = g.centre().plus(turned(a.origin().minus(g.centre()), axis, radians));
        return new Grid(g.depth(), g.height(), g.width(), new Affine(origin, turned(a.stepK(), axis, radians),
                turned(a.stepJ(), axis, radians), turned(a.stepI(), axis, radians)));
    }

    /** Rodrigues' formula. */
    private static Vector3 turned(Vector3 v, Vector3 axis, double radians) {
        double cos = Math.cos(radians);
        return v.times(cos).plus(axis.cross(v).times(Math.sin(radians)))
                .plus(axis.times(axis.dot(v) * (1 - cos)));
    }
}
