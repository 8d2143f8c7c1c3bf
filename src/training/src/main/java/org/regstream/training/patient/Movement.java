package org.regstream.training.patient;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.regstream.training.data.PairMaker;
import org.regstream.training.data.Sample;
import org.regstream.training.data.SimulatedPair;
import org.regstream.training.data.motion.SimulatedMotion.Kind;
import org.regstream.training.data.scan.IntensityMap;
import org.regstream.training.data.scan.Scan;

/**
 * A row of the table: what moves a patient between two scans. Where nothing does, the scans are alike but for the noise
 * of the live one; else gamma, bias and noise of both differ.
 *
 * @param name     for people
 * @param kind     of motion; empty for none
 * @param strength share of the kind's largest, (0, 1]; of no motion it means nothing
 * @param noise    of the live scan, share of the intensity range
 */
public record Movement(String name, Optional<Kind> kind, double strength, double noise) {

    public static final Movement SAME_IMAGE = new Movement("the very same image", Optional.empty(), 1, 0);

    public static final Movement RIGID = new Movement("rigid, 4 degrees, up to 4 mm", Optional.of(Kind.RIGID), 0.4,
            0.03);

    /** Nothing, noise, and what an operation does. */
    public static final List<Movement> ALL = List.of(
            SAME_IMAGE,
            new Movement("the same, noise 5 %", Optional.empty(), 1, 0.05),
            RIGID,
            new Movement("elastic, up to 4 mm", Optional.of(Kind.ELASTIC), 0.67, 0.02),
            new Movement("sag, 9 mm", Optional.of(Kind.SHIFT), 0.9, 0.02),
            new Movement("collapse, up to 7 mm", Optional.of(Kind.COLLAPSE), 1, 0.02),
            new Movement("push, up to 6 mm", Optional.of(Kind.PUSH), 1, 0.02));

    /** The patient before and after. @param seed of direction and place of the motion, and of both scans */
    SimulatedPair of(PairMaker maker, Sample patient, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return maker.onePatient(random, patient, kind.orElse(null), strength, scan(random, noise),
                scan(random, kind.isEmpty() ? 0 : 0.02));
    }

    private Scan scan(SplittableRandom random, double noise) {
        double gamma = kind.isEmpty() ? 1 : Math.exp(random.nextDouble(-0.2, 0.2));
        return new Scan(IntensityMap.identity().then(1, gamma), kind.isEmpty() ? 0 : 0.05, noise, new double[3], 0, 4,
                new int[6], random.nextLong());
    }
}
