package org.regstream.training.calibrate.cases;

import java.util.ArrayList;
import java.util.List;
import org.regstream.core.carry.CarriedLabels;
import org.regstream.core.carry.CarryingFields;
import org.regstream.core.uncertainty.Calibration;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.training.calibrate.failure.Arrival;

/**
 * How well a case's soft labels mean what they say near its structures, at each factor on the expected error.
 *
 * @param patient whose live image it is
 * @param people  whose images
 * @param nll     mean negative logarithm of the true label's probability, by {@link #SCALES}, nats
 * @param ece     expected calibration error, likewise
 */
public record ScaleScores(String patient, People people, List<Double> nll, List<Double> ece) {

    /** Factors, root 2 apart. */
    public static final List<Double> SCALES = List.of(0.25, 0.354, 0.5, 0.707, 1.0, 1.414, 2.0, 2.828, 4.0);

    /** A label that was thought impossible costs no more than one in a thousand. */
    private static final double LEAST_PROBABILITY = 1e-3;

    public ScaleScores {
        nll = List.copyOf(nll);
        ece = List.copyOf(ece);
        if (nll.size() != SCALES.size() || ece.size() != SCALES.size()) {
            throw new IllegalArgumentException(
                    "expected a score for each of " + SCALES + ", got " + nll.size() + " and " + ece.size());
        }
    }

    /** @param channels background included */
    static ScaleScores of(Case c, CarryingFields fields, int channels) {
        Arrival a = c.arrival();
        LabelMap truth = a.fixed().labels();
        boolean[] band = null;
        List<Double> nll = new ArrayList<>();
        List<Double> ece = new ArrayList<>();
        for (double scale : SCALES) {
            LabelProbabilities p = CarriedLabels.probabilities(a.moving().labels(),
                    new CarryingFields(fields.published(), fields.members(), fields.expectedError(), scale),
                    truth.grid(), channels);
            band = band == null ? Band.of(p.argMax(), truth, a.known()) : band;
            nll.add(nll(p, truth, band));
            ece.add(Calibration.of(p, truth, band).ece());
        }
        return new ScaleScores(c.patient(), c.kind().people(), nll, ece);
    }

    static double nll(LabelProbabilities p, LabelMap truth, boolean[] mask) {
        int n = truth.grid().size();
        double sum = 0;
        int count = 0;
        for (int x = 0; x < n; x++) {
            if (mask[x]) {
                sum -= Math.log(Math.max(LEAST_PROBABILITY, p.values()[(truth.labels()[x] & 0xff) * n + x]));
                count++;
            }
        }
        return sum / count;
    }
}
