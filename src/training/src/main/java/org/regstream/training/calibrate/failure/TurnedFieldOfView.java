package org.regstream.training.calibrate.failure;

import java.util.random.RandomGenerator;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.training.evaluate.Pairing;

/**
 * The scan is turned about its middle, by up to {@value #MAX_DEGREES} degrees about any axis. The labels turn alike.
 */
public record TurnedFieldOfView() implements Failure {

    private static final double MAX_DEGREES = 60;

    @Override
    public String kind() {
        return "turned field of view";
    }

    @Override
    public Pairing spoil(Pairing pair, double severity, RandomGenerator random) {
        return Alteration.seenFrom(pair, turned(pair.fixed().image().grid(), Directions.any(random),
                Math.toRadians(severity * MAX_DEGREES)));
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
