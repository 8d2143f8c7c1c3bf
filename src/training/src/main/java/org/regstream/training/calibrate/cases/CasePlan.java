package org.regstream.training.calibrate.cases;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.regstream.core.ConfigurationException;
import org.regstream.core.model.IntensityMapping;
import org.regstream.core.volume.Volume;
import org.regstream.training.calibrate.failure.Arrival;
import org.regstream.training.calibrate.failure.Cavity;
import org.regstream.training.calibrate.failure.DeepCollapse;
import org.regstream.training.calibrate.failure.Failure;
import org.regstream.training.calibrate.failure.FarShift;
import org.regstream.training.calibrate.failure.InvertedContrast;
import org.regstream.training.calibrate.failure.MirroredLiveImage;
import org.regstream.training.calibrate.failure.MissingSlices;
import org.regstream.training.calibrate.failure.Motion;
import org.regstream.training.calibrate.failure.NoiseFlood;
import org.regstream.training.calibrate.failure.OtherContrast;
import org.regstream.training.calibrate.failure.ShiftedFieldOfView;
import org.regstream.training.calibrate.failure.TurnedFieldOfView;
import org.regstream.training.calibrate.failure.WrongPatient;
import org.regstream.training.calibrate.preoperative.AnotherPersonsImage;
import org.regstream.training.calibrate.preoperative.Balls;
import org.regstream.training.calibrate.preoperative.ConstantImage;
import org.regstream.training.calibrate.preoperative.DilatedLabels;
import org.regstream.training.calibrate.preoperative.MirroredImage;
import org.regstream.training.calibrate.preoperative.MirroredSide;
import org.regstream.training.calibrate.preoperative.NoiseImage;
import org.regstream.training.calibrate.preoperative.OtherContrastBefore;
import org.regstream.training.calibrate.preoperative.ShiftedLabels;
import org.regstream.training.calibrate.preoperative.SwappedLabels;
import org.regstream.training.data.PairMaker;
import org.regstream.training.data.PairSampler;
import org.regstream.training.data.Sample;
import org.regstream.training.data.motion.SimulatedMotion;
import org.regstream.training.data.scan.Scan;
import org.regstream.training.evaluate.Pairing;
import org.regstream.training.evaluate.Protocol;

/**
 * The cases of a calibration. Pairs as they should be: of one patient, each kind of motion, none, and all together; of two people,
 * both protocols; each image in each once. Spoiled pairs: each kind of failure, of both sides, so many times for one patient and for
 * two people, at severities that are uniform in (0, 1]. A visit makes all cases that share their images, so that a
 * network looks once; it depends on the plan and its number alone.
 */
public final class CasePlan {

    private static final String FIXED_PAIRS = "fixed pairs";
    private static final String ATLAS = "best atlas";
    private static final String IDENTITY = "identity";
    private static final String COMBINED = "combined";

    /** Motions of one kind alone are at least this strong: weaker ones are part of those that are combined. */
    private static final double LEAST_STRENGTH = 0.2;

    /** Grey values at which a scan's contrast is looked at. */
    private static final int CONTRAST_STEPS = 64;

    private final List<Sample> patients;
    private final List<Pairing> pairs;
    private final List<Pairing> atlases;
    private final IntensityMapping intensity;
    private final int each;
    private final long seed;
    private final List<Visit> visits = new ArrayList<>();

    /** @param failure null for a clean pair */
    private record Visit(CaseKind kind, int patient, Failure failure) {}

    private record Spoiled(Side side, boolean mustAlert, Failure failure) {
        CaseKind kind(People people) {
            return new CaseKind(people, side, failure.kind(), mustAlert);
        }
    }

    /**
     * @param validation images of patients, sorted by name, at least 2
     * @param bank       training images
     * @param each       how many cases each kind of failure gets, of one patient and of two people each, at least 1
     * @param intensity  how the service maps what arrives
     * @param seed       of motions, scans, severities and directions
     */
    public CasePlan(List<Sample> validation, List<Sample> bank, int each, IntensityMapping intensity, long seed) {
        if (each < 1) {
            throw new ConfigurationException("each kind of failure needs at least 1 case, got " + each);
        }
        this.patients = List.copyOf(validation);
        this.intensity = intensity;
        this.each = each;
        this.seed = seed;
        Map<String, List<Sample>> ranked = Likeness.rank(validation, bank);
        pairs = Protocol.PAIRS.pair(validation, bank);
        atlases = validation.stream().map(fixed -> new Pairing(fixed, ranked.get(fixed.name()).get(0))).toList();
        plan(bank, ranked);
    }

    private void plan(List<Sample> bank, Map<String, List<Sample>> ranked) {
        for (String name : cleanOfOnePatient()) {
            forEachPatient(new CaseKind(People.ONE_PATIENT, Side.NOTHING, name, false));
        }
        forEachPatient(new CaseKind(People.TWO_PEOPLE, Side.NOTHING, FIXED_PAIRS, false));
        forEachPatient(new CaseKind(People.TWO_PEOPLE, Side.NOTHING, ATLAS, false));
        int turn = 0;
        for (Spoiled s : images(bank)) {
            for (People people : People.values()) {
                turn = deal(s.kind(people), s.failure(), turn);
            }
        }
        Failure wrong = new WrongPatient(ranked);
        deal(new CaseKind(People.TWO_PEOPLE, Side.PREOPERATIVE_IMAGE, wrong.kind(), false), wrong, turn);
    }

    private static List<String> cleanOfOnePatient() {
        List<String> names = new ArrayList<>(List.of(IDENTITY));
        for (SimulatedMotion.Kind kind : SimulatedMotion.Kind.values()) {
            names.add(kind.name().toLowerCase(Locale.ROOT));
        }
        names.add(COMBINED);
        return names;
    }

    private static List<Spoiled> images(List<Sample> bank) {
        List<Spoiled> all = new ArrayList<>();
        for (Failure f : List.of(new ShiftedFieldOfView(), new TurnedFieldOfView(),
                TurnedFieldOfView.byThirtyDegrees(), new FarShift(), new DeepCollapse(), new MissingSlices(),
                new Motion(), new InvertedContrast(), new NoiseFlood(), new Cavity(),
                new OtherContrast())) {
            all.add(new Spoiled(Side.LIVE_IMAGE, false, f));
        }
        all.add(new Spoiled(Side.PREOPERATIVE_IMAGE, false, new OtherContrastBefore()));
        all.add(new Spoiled(Side.LIVE_IMAGE, true, new MirroredLiveImage()));
        for (Failure f : List.of(new NoiseImage(), new ConstantImage(), new AnotherPersonsImage(bank),
                new MirroredImage(), new MirroredSide())) {
            all.add(new Spoiled(Side.PREOPERATIVE_IMAGE, true, f));
        }
        return all;
    }

    /** They share the images of pairs as they should be. Of two people, nobody knows how odd labels would truly lie. */
    private static List<Spoiled> labels(CaseKind clean) {
        Spoiled swapped = new Spoiled(Side.GIVEN_LABELS, true, new SwappedLabels());
        if (clean.name().equals(FIXED_PAIRS)) {
            return List.of(swapped);
        }
        return clean.name().equals(COMBINED)
                ? List.of(swapped, new Spoiled(Side.GIVEN_LABELS, false, new DilatedLabels()),
                        new Spoiled(Side.GIVEN_LABELS, false, new ShiftedLabels()),
                        new Spoiled(Side.GIVEN_LABELS, false, Balls.two()),
                        new Spoiled(Side.GIVEN_LABELS, false, Balls.target()))
                : List.of();
    }

    private void forEachPatient(CaseKind kind) {
        for (int p = 0; p < patients.size(); p++) {
            visits.add(new Visit(kind, p, null));
        }
    }

    private int deal(CaseKind kind, Failure failure, int turn) {
        for (int n = 0; n < each; n++) {
            visits.add(new Visit(kind, (turn + n) % patients.size(), failure));
        }
        return turn + each;
    }

    /** How many times a network must look. */
    public int size() {
        return visits.size();
    }

    /** Numbers of visits that scale the expected error: of each patient, one pair with itself and one with another. */
    public List<Integer> scaling() {
        List<Integer> numbers = new ArrayList<>();
        for (int n = 0; n < visits.size(); n++) {
            String name = visits.get(n).kind().name();
            if (visits.get(n).failure() == null && (name.equals(COMBINED) || name.equals(FIXED_PAIRS))) {
                numbers.add(n);
            }
        }
        return numbers;
    }

    /** All kinds, in the order of the tables. */
    public List<CaseKind> kinds() {
        LinkedHashSet<CaseKind> kinds = new LinkedHashSet<>();
        visits.forEach(v -> kinds.add(v.kind()));
        visits.stream().filter(v -> v.failure() == null)
                .forEach(v -> labels(v.kind()).forEach(s -> kinds.add(s.kind(v.kind().people()))));
        return List.copyOf(kinds);
    }

    /**
     * @param number from 0 to {@link #size()} - 1
     * @return cases of the same two images, those without any given label left out
     */
    public List<Case> make(int number) {
        Visit v = visits.get(number);
        RandomGenerator random = new SplittableRandom(PairSampler.seed(seed, number));
        double severity = 1 - random.nextDouble();
        Arrival pair = pair(v, number, severity, random);
        if (v.failure() != null) {
            return List.of(new Case(patient(v), v.kind(), severity, mapped(v.failure().spoil(pair, severity, random))));
        }
        List<Case> cases = new ArrayList<>();
        cases.add(new Case(patient(v), v.kind(), v.kind().people() == People.ONE_PATIENT ? severity : 0, pair));
        if (v.patient() < each) {
            labels(v.kind()).forEach(s -> cases.add(new Case(patient(v), s.kind(v.kind().people()), severity,
                    s.failure().spoil(pair, severity, random))));
            cases.removeIf(c -> isEmpty(c.arrival()));
        }
        return cases;
    }

    private String patient(Visit v) {
        return patients.get(v.patient()).name();
    }

    /** As it should be, or before it is spoiled. */
    private Arrival pair(Visit v, int number, double severity, RandomGenerator random) {
        if (v.kind().people() == People.TWO_PEOPLE) {
            boolean nearest = v.failure() == null ? v.kind().name().equals(ATLAS) : number % 2 == 1;
            return Arrival.of((nearest ? atlases : pairs).get(v.patient()));
        }
        Arrival pair = onePatient(v, severity, random);
        while (isEmpty(pair)) {
            pair = onePatient(v, severity, random);
        }
        return pair;
    }

    private static boolean isEmpty(Arrival pair) {
        return Arrays.stream(pair.moving().labels().counts()).skip(1).sum() == 0;
    }

    /** Its field of view may have cut off all labels. */
    private Arrival onePatient(Visit v, double severity, RandomGenerator random) {
        Sample source = patients.get(v.patient());
        PairMaker maker = new PairMaker(source.image().grid(), intensity);
        if (v.failure() != null || v.kind().name().equals(COMBINED)) {
            return Arrival.of(maker.onePatient(random, source, CasePlan::usualScan));
        }
        SimulatedMotion.Kind motion = v.kind().name().equals(IDENTITY)
                ? null
                : SimulatedMotion.Kind.valueOf(v.kind().name().toUpperCase(Locale.ROOT));
        return Arrival.of(maker.onePatient(random, source, motion,
                LEAST_STRENGTH + (1 - LEAST_STRENGTH) * severity, usualScan(random), usualScan(random)));
    }

    /** As drawn in training, but for those of another contrast, which are a kind of their own. */
    private static Scan usualScan(RandomGenerator random) {
        Scan scan = Scan.draw(random);
        while (!isRising(scan)) {
            scan = Scan.draw(random);
        }
        return scan;
    }

    private static boolean isRising(Scan scan) {
        for (int step = 0; step < CONTRAST_STEPS; step++) {
            if (scan.intensities().at((float) (step + 1) / CONTRAST_STEPS) <= scan.intensities()
                    .at((float) step / CONTRAST_STEPS)) {
                return false;
            }
        }
        return true;
    }

    /** Whatever arrives is mapped to the network's range, so a failure does not leave it. */
    private Arrival mapped(Arrival spoiled) {
        return new Arrival(mapped(spoiled.fixed()), mapped(spoiled.moving()), spoiled.known(), spoiled.motion());
    }

    private Sample mapped(Sample s) {
        return new Sample(s.name(), Volume.takeOwnershipOf(s.image().grid(),
                intensity.apply(s.image().values(), s.inside())), s.labels(), s.inside());
    }
}
