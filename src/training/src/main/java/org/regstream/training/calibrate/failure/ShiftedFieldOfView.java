package org.regstream.training.calibrate.failure;

import java.util.random.RandomGenerator;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;

/** The scan was planned beside the anatomy, by up to {@value #MAX_MM} mm in any direction. The labels move alike. */
public record ShiftedFieldOfView() implements Failure {

    private static final double MAX_MM = 16;

    @Override
    public String kind() {
        return "shifted field of view";
    }

    @Override
    public Arrival spoil(Arrival pair, double severity, RandomGenerator random) {
        Grid g = pair.fixed().image().grid();
        Vector3 shift = Directions.any(random).times(severity * MAX_MM);
        return Alteration.seenFrom(pair,
                new Grid(g.depth(), g.height(), g.width(), g.affine().translated(shift)));
    }
}
