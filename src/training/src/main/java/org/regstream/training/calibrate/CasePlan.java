package org.regstream.training.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.regstream.core.ConfigurationException;
import org.regstream.core.model.IntensityMapping;
import org.regstream.core.volume.Volume;
import org.regstream.training.calibrate.failure.Cavity;
import org.regstream.training.calibrate.failure.Failure;
import org.regstream.training.calibrate.failure.InvertedContrast;
import org.regstream.training.calibrate.failure.MissingSlices;
import org.regstream.training.calibrate.failure.Motion;
import org.regstream.training.calibrate.failure.ShiftedFieldOfView;
import org.regstream.training.calibrate.failure.TurnedFieldOfView;
import org.regstream.training.calibrate.failure.WrongPatient;
import org.regstream.training.data.PairSampler;
import org.regstream.training.data.Sample;
import org.regstream.training.evaluate.Pairing;
import org.regstream.training.evaluate.Protocol;

/**
 * The cases of a calibration: each pair as it should be, and spoiled by failures in turn, at severities that are uniform in
 * (0, 1]. A case depends on the plan and its number alone.
 *
 * @param pairs     as they should be
 * @param failures  to spoil them with
 * @param each      how many failures each pair meets, 1 to all; the next pair goes on where it ended
 * @param intensity how the service maps what arrives
 * @param seed      of severities and directions
 */
public record CasePlan(List<Pairing> pairs, List<Failure> failures, int each, IntensityMapping intensity, long seed) {

    /** How many kinds of failure there are. */
    public static final int KINDS = 7;

    /** What a case is called that nothing spoiled. */
    public static final String UNSPOILED = "none";

    /**
     * One pair as it arrives.
     *
     * @param patient  name of the fixed image that it was made of
     * @param kind     of failure, or {@link #UNSPOILED}
     * @param severity 0 for an unspoiled pair
     * @param pair     fixed image with its true labels, mapped intensities
     */
    public record Case(String patient, String kind, double severity, Pairing pair) {}

    public CasePlan {
        pairs = List.copyOf(pairs);
        failures = List.copyOf(failures);
        if (each < 1 || each > failures.size()) {
            throw new ConfigurationException(
                    "each pair can meet 1 to " + failures.size() + " failures, got " + each);
        }
    }

    /**
     * Both protocols' pairs and all failures.
     *
     * @param validation fixed images, sorted by name
     * @param bank       training images
     * @param each       how many failures each pair meets
     */
    public static CasePlan of(List<Sample> validation, List<Sample> bank, int each, IntensityMapping intensity,
            long seed) {
        Map<String, List<Sample>> ranked = Likeness.rank(validation, bank);
        List<Pairing> pairs = new ArrayList<>(Protocol.PAIRS.pair(validation, bank));
        validation.forEach(fixed -> pairs.add(new Pairing(fixed, ranked.get(fixed.name()).get(0))));
        return new CasePlan(pairs,
                List.of(new WrongPatient(ranked), new ShiftedFieldOfView(), new TurnedFieldOfView(),
                        new MissingSlices(),
                        new Motion(), new InvertedContrast(), new Cavity()),
                each, intensity, seed);
    }

    public int size() {
        return pairs.size() * (1 + each);
    }

    /** Failures in turn: {@link #UNSPOILED}, then each. */
    public List<String> kinds() {
        return Stream.concat(Stream.of(UNSPOILED), failures.stream().map(Failure::kind)).toList();
    }

    /** @param number from 0 to {@link #size()} - 1 */
    public Case make(int number) {
        int at = number / (1 + each);
        int which = number % (1 + each);
        Pairing pair = pairs.get(at);
        if (which == 0) {
            return new Case(pair.fixed().name(), UNSPOILED, 0, pair);
        }
        RandomGenerator random = new SplittableRandom(PairSampler.seed(seed, number));
        double severity = 1 - random.nextDouble();
        Failure failure = failures.get((at * each + which - 1) % failures.size());
        return new Case(pair.fixed().name(), failure.kind(), severity, arriving(failure.spoil(pair, severity, random)));
    }

    /** Whatever arrives is mapped to the network's range, so a failure does not leave it. */
    private Pairing arriving(Pairing spoiled) {
        Sample fixed = spoiled.fixed();
        Volume mapped = Volume.takeOwnershipOf(fixed.image().grid(),
                intensity.apply(fixed.image().values(), fixed.inside()));
        return new Pairing(new Sample(fixed.name(), mapped, fixed.labels(), fixed.inside()), spoiled.moving());
    }
}
