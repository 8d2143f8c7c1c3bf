package org.regstream.training.patient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.regstream.core.model.IntensityMapping;
import org.regstream.core.model.Look;
import org.regstream.core.pipeline.Candidates;
import org.regstream.core.pipeline.Choice;
import org.regstream.core.quality.Dice;
import org.regstream.core.quality.FieldQuality;
import org.regstream.core.quality.Morphology;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.warp.Warp;
import org.regstream.onnx.GoldenPair;
import org.regstream.training.calibrate.failure.Arrival;
import org.regstream.training.calibrate.failure.Failure;
import org.regstream.training.calibrate.preoperative.Balls;
import org.regstream.training.calibrate.preoperative.DilatedLabels;
import org.regstream.training.calibrate.preoperative.ShiftedLabels;
import org.regstream.training.calibrate.preoperative.SwappedLabels;
import org.regstream.training.data.PairMaker;
import org.regstream.training.data.Sample;
import org.regstream.training.data.SimulatedPair;
import org.regstream.training.evaluate.Padding;

/**
 * Registers images to themselves, moved by known fields, as the service does, and compares with what is true. The patient is
 * simulated: the tissue is one person's, the motion and what differs between the scans are drawn (METHODS, One patient).
 *
 * @param moved all movements of all patients
 * @param given other labels, all patients
 */
public record OnePatient(List<MovedCase> moved, List<GivenCase> given) {

    /** Errors count so far around the labels, voxels. */
    static final int NEAR = 3;

    private static final List<Failure> GIVEN = List.of(new SwappedLabels(), new DilatedLabels(), new ShiftedLabels(),
            Balls.two(), Balls.target(), new OnlyFirstLabel());

    public OnePatient {
        moved = List.copyOf(moved);
        given = List.copyOf(given);
    }

    /**
     * What registers.
     *
     * @param network    of a package
     * @param candidates what the field is chosen from, as in the service
     * @param intensity  how the service maps what arrives
     */
    public record Registrar(GoldenPair.Network network, Candidates candidates, IntensityMapping intensity) {

        Look look(Arrival a) {
            return network.look(a.fixed().image(), a.moving().image());
        }

        Choice choice(Arrival a, Look look) {
            return candidates.choose(a.input(), look);
        }
    }

    /** @param seed     of all motions and scans
     *  @param progress told after each registration */
    public static OnePatient of(Registrar registrar, List<Sample> patients, long seed, Consumer<String> progress) {
        List<MovedCase> moved = new ArrayList<>();
        List<GivenCase> given = new ArrayList<>();
        for (int p = 0; p < patients.size(); p++) {
            Sample patient = patients.get(p);
            PairMaker maker = new PairMaker(patient.image().grid(), registrar.intensity());
            for (int m = 0; m < Movement.ALL.size(); m++) {
                Movement movement = Movement.ALL.get(m);
                Arrival arrival = Arrival
                        .of(movement.of(maker, patient, new SplittableRandom(seed + 1000L * p + m).nextLong()));
                moved.add(moved(registrar, movement, arrival));
                progress.accept(patient.name());
            }
            given.addAll(given(registrar, maker, patient, seed + p));
            progress.accept(patient.name());
        }
        return new OnePatient(moved, given);
    }

    private static MovedCase moved(Registrar registrar, Movement movement, Arrival a) {
        Look look = registrar.look(a);
        Choice choice = registrar.choice(a, look);
        DisplacementField truth = a.motion().orElseThrow();
        boolean[] near = near(a);
        return new MovedCase(movement, a.fixed().name(), dice(a, a.moving().labels()), dice(a, look.displacement()),
                dice(a, choice.field()), choice.source(), error(truth, look.displacement(), near),
                error(truth, choice.field(), near), length(look.displacement()),
                FieldQuality.of(choice.field(), a.fixed().inside()).foldingFraction());
    }

    private static List<GivenCase> given(Registrar registrar, PairMaker maker, Sample patient, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SimulatedPair pair = Movement.RIGID.of(maker, patient, random.nextLong());
        Look look = registrar.look(Arrival.of(pair));
        List<GivenCase> cases = new ArrayList<>();
        for (Failure labels : GIVEN) {
            Arrival a = labels.spoil(Arrival.of(pair), 0.5, random);
            if (a.fixed().labels().maxLabel() > 0) {
                cases.add(new GivenCase(labels.kind(), patient.name(), dice(a, a.moving().labels()),
                        dice(a, registrar.choice(a, look).field())));
            }
        }
        return cases;
    }

    private static double dice(Arrival a, DisplacementField field) {
        return dice(a, Warp.nearest(a.moving().labels(), field));
    }

    private static double dice(Arrival a, LabelMap labels) {
        double[] dice = Dice.perLabel(Padding.cleared(a.fixed().labels(), a.known()),
                Padding.cleared(labels, a.known()), 1 + a.moving().labels().maxLabel());
        return Arrays.stream(dice).skip(1).filter(d -> !Double.isNaN(d)).average().orElse(Double.NaN);
    }

    private static boolean[] near(Arrival a) {
        boolean[] near = new boolean[a.known().length];
        for (int x = 0; x < near.length; x++) {
            near[x] = a.fixed().labels().labels()[x] != 0;
        }
        for (int step = 0; step < NEAR; step++) {
            near = Morphology.dilate(near, a.fixed().image().grid());
        }
        for (int x = 0; x < near.length; x++) {
            near[x] &= a.known()[x];
        }
        return near;
    }

    private static double error(DisplacementField truth, DisplacementField found, boolean[] near) {
        int n = near.length;
        double mm = truth.grid().affine().stepK().norm();
        double sum = 0;
        int count = 0;
        for (int x = 0; x < n; x++) {
            if (near[x]) {
                sum += length(truth.components()[x] - found.components()[x],
                        truth.components()[n + x] - found.components()[n + x],
                        truth.components()[2 * n + x] - found.components()[2 * n + x]);
                count++;
            }
        }
        return count == 0 ? Double.NaN : mm * sum / count;
    }

    private static double length(DisplacementField u) {
        int n = u.grid().size();
        double sum = 0;
        for (int x = 0; x < n; x++) {
            sum += length(u.components()[x], u.components()[n + x], u.components()[2 * n + x]);
        }
        return sum / n;
    }

    private static double length(double k, double j, double i) {
        return Math.sqrt(k * k + j * j + i * i);
    }
}
