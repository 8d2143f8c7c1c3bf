package org.regstream.training.evaluate.table;

import java.util.EnumMap;
import java.util.Map;
import org.regstream.core.quality.Dice;
import org.regstream.core.quality.FieldQuality;
import org.regstream.core.similarity.Mse;
import org.regstream.core.similarity.MutualInformation;
import org.regstream.core.uncertainty.Calibration;
import org.regstream.core.uncertainty.Correlation;
import org.regstream.core.uncertainty.LabelEntropy;
import org.regstream.core.uncertainty.LabelError;
import org.regstream.core.uncertainty.Sparsification;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.training.evaluate.LabelFigures;
import org.regstream.training.evaluate.Padding;
import org.regstream.training.evaluate.Pairing;
import org.regstream.training.evaluate.Structures;
import org.regstream.training.evaluate.row.Outcome;
import org.regstream.training.evaluate.row.UncertaintyKind;

/**
 * A case and what of it is averaged over cases before it is drawn.
 *
 * @param figures     of the case
 * @param curves      sparsification of the voxel-wise error, by map
 * @param calibration of the label probabilities
 */
record Measurement(CaseResult figures, Map<UncertaintyKind, Sparsification> curves, Calibration calibration) {

    /** @param refine whether refined labels count where there are some. @param seconds that the registration took */
    static Measurement of(Pairing pair, Outcome outcome, boolean refine, double seconds) {
        LabelProbabilities probabilities = outcome.labels(refine);
        boolean[] inside = pair.fixed().inside();
        LabelMap truth = Padding.cleared(pair.fixed().labels(), inside);
        LabelMap given = Padding.cleared(probabilities.argMax(), inside);
        Calibration calibration = Calibration.of(probabilities, truth, inside);
        Maps maps = new Maps(given, truth, inside, probabilities.channels());
        Map<UncertaintyKind, Maps.Measured> measured = maps.measure(outcome.maps(pair, refine));
        Map<UncertaintyKind, MapFigures> figures = new EnumMap<>(UncertaintyKind.class);
        Map<UncertaintyKind, Sparsification> curves = new EnumMap<>(UncertaintyKind.class);
        measured.forEach((kind, m) -> {
            figures.put(kind, m.figures());
            curves.put(kind, m.curve());
        });
        return new Measurement(figures(pair, outcome, truth, given, calibration, figures, seconds), curves,
                calibration);
    }

    private static CaseResult figures(Pairing pair, Outcome outcome, LabelMap truth, LabelMap given,
            Calibration calibration, Map<UncertaintyKind, MapFigures> maps, double seconds) {
        Volume fixed = pair.fixed().image();
        boolean[] inside = pair.fixed().inside();
        int channels = outcome.warpedLabels().channels();
        FieldQuality field = FieldQuality.of(outcome.displacement(), inside);
        LabelFigures labels = LabelFigures.of(truth, given, inside, channels);
        return new CaseResult(pair.fixed().name(), pair.moving().name(), Mse.of(fixed, outcome.warped(), inside),
                MutualInformation.of(fixed, outcome.warped(), inside),
                pair.nlcc(outcome.warped()), labels.dice(),
                Dice.meanWithBackground(Dice.perLabel(truth, given, channels)), labels.asd(), labels.hd95(),
                field.foldingFraction(),
                field.sdDeterminant(), field.sdLogJacobian(), calibration.ece(), calibration.brier(), seconds, maps);
    }

    /** Measures maps against the label error of one case. */
    private record Maps(LabelMap given, LabelMap truth, boolean[] inside, int channels) {

        record Measured(UncertaintyKind kind, MapFigures figures, Sparsification curve) {}

        Map<UncertaintyKind, Measured> measure(Map<UncertaintyKind, Volume> maps) {
            Map<UncertaintyKind, Measured> measured = new EnumMap<>(UncertaintyKind.class);
            maps.entrySet().parallelStream().map(e -> measure(e.getKey(), e.getValue())).toList()
                    .forEach(m -> measured.put(m.kind, m));
            return measured;
        }

        private Measured measure(UncertaintyKind kind, Volume map) {
            Sparsification err = sparsification(LabelError.VOXEL_ERROR, map);
            return new Measured(kind, new MapFigures(err.ause(), sparsification(LabelError.MISS_RATE, map).ause(),
                    sparsification(LabelError.FALSE_DISCOVERY_RATE, map).ause(),
                    Correlation.withLabelError(map, given, truth, inside),
                    Structures.each(channels, label -> mean(map, label))),
                    err);
        }

        private Sparsification sparsification(LabelError error, Volume map) {
            return Sparsification.of(error, map, given, truth, inside);
        }

        private double mean(Volume map, int label) {
            return given.count(label) == 0
                    ? Double.POSITIVE_INFINITY
                    : LabelEntropy.meanInside(map, given, label);
        }
    }
}
