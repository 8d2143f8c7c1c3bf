package org.regstream.training.calibrate.failure;

import java.util.random.RandomGenerator;
import org.regstream.core.geometry.Grid;
import org.regstream.training.data.Middles;
import org.regstream.training.data.motion.SimulatedMotion;

/** The brain sags farther than a network learns: by {@value #LEAST_MM} to {@value #MOST_MM} mm to one side. The labels move alike. */
public record FarShift() implements Failure {

    private static final double LEAST_MM = 9;
    private static final double MOST_MM = 15;

    /** A shift of strength 1. */
    private static final double FULL_MM = 10;

    @Override
    public String kind() {
        return "far shift";
    }

    @Override
    public Arrival spoil(Arrival pair, double severity, RandomGenerator random) {
        Grid g = pair.fixed().image().grid();
        double strength = (LEAST_MM + severity * (MOST_MM - LEAST_MM)) / FULL_MM;
        return Alteration.moved(pair, SimulatedMotion
                .of(random, g, Middles.of(pair.fixed().labels()), SimulatedMotion.Kind.SHIFT, strength).field());
    }
}
