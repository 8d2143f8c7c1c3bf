package org.regstream.training.evaluate.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regstream.training.network.PredictiveUncertainty;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.training.TinyTask;
import org.regstream.training.data.Sample;
import org.regstream.training.evaluate.Pairing;
import org.regstream.training.evaluate.row.Outcome;
import org.regstream.training.evaluate.row.UncertaintyKind;

class MeasurementTest {

    private static final int CHANNELS = TinyTask.TASK.channels();

    private final Sample a = TinyTask.sample(1);
    private final Sample copy = new Sample("copy", a.image(), a.labels(), a.inside());
    private final Pairing same = new Pairing(a, copy);
    private final Pairing different = new Pairing(a, TinyTask.sample(2));

    private static Outcome still(Pairing pair) {
        return Outcome.of(pair, DisplacementField.zero(pair.fixed().image().grid()), CHANNELS);
    }

    private static Outcome shifted(Pairing pair, float voxels) {
        float[] u = new float[3 * pair.fixed().image().grid().size()];
        Arrays.fill(u, 0, u.length / 3, voxels);
        return Outcome.of(pair, DisplacementField.takeOwnershipOf(pair.fixed().image().grid(), u), CHANNELS);
    }

    @Test
    void shouldFindNothingWrongWithACopy() {
        CaseResult c = Measurement.of(same, still(same), true, 1.5).figures();

        assertThat(c.mse()).isZero();
        assertThat(c.nlcc()).isCloseTo(1, within(1e-6));
        assertThat(c.mutualInformation()).isPositive();
        assertThat(c.dice()).containsExactly(1.0, 1.0);
        assertThat(c.diceForeground()).isEqualTo(1);
        assertThat(c.diceWithBackground()).isEqualTo(1);
        assertThat(c.asdForeground()).isZero();
        assertThat(c.hd95Foreground()).isZero();
        assertThat(c.folding()).isZero();
        assertThat(c.sdDeterminant()).isZero();
        assertThat(c.sdLogJacobian()).isZero();
        assertThat(c.ece()).isZero();
        assertThat(c.brier()).isZero();
        assertThat(c.seconds()).isEqualTo(1.5);
        assertThat(c.maps().get(UncertaintyKind.LABEL_ENTROPY).auseErr()).isZero();
    }

    @Test
    void shouldCountBackgroundOnlyWhereItIsAskedFor() {
        CaseResult c = Measurement.of(different, still(different), true, 0).figures();

        double background = 3 * c.diceWithBackground() - c.dice().get(0) - c.dice().get(1);
        assertThat(c.diceForeground()).isCloseTo((c.dice().get(0) + c.dice().get(1)) / 2, within(1e-12));
        assertThat(background).isBetween(c.diceForeground(), 1.0);
    }

    @Test
    void shouldCallALostStructureInfinitelyFarAwayAndMostUncertain() {
        byte[] none = new byte[a.labels().labels().length];
        LabelProbabilities nothing = LabelProbabilities
                .oneHot(LabelMap.takeOwnershipOf(a.labels().grid(), none), CHANNELS);
        Outcome still = still(same);
        Outcome lost = new Outcome(still.displacement(), still.warped(), nothing, Optional.empty(), Optional.empty(),
                List.of(), Map.of());

        CaseResult c = Measurement.of(same, lost, true, 0).figures();

        assertThat(c.diceForeground()).isZero();
        assertThat(c.hd95Foreground()).isInfinite();
        assertThat(c.maps().get(UncertaintyKind.LABEL_ENTROPY).inside())
                .containsExactly(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    @Test
    void shouldCountRefinedLabelsOnlyWhereTheProtocolAllowsThem() {
        Outcome still = still(different);
        LabelProbabilities truth = LabelProbabilities.oneHot(a.labels(), CHANNELS);
        Outcome refined = new Outcome(still.displacement(), still.warped(), still.warpedLabels(), Optional.of(truth),
                Optional.empty(), List.of(), Map.of());

        assertThat(Measurement.of(different, refined, true, 0).figures().diceForeground()).isEqualTo(1);
        assertThat(Measurement.of(different, refined, false, 0).figures().dice())
                .isEqualTo(Measurement.of(different, still, false, 0).figures().dice());
    }

    @Test
    void shouldDeriveTheMapsOfAnEnsembleByEquationsSevenAndNine() {
        // Members 2 voxels apart along k: mean 1, deviations 1 and 1, spread sqrt((1 + 1) / 2) = 1.
        List<Outcome> members = new ArrayList<>();
        for (float shift : new float[]{0, 2}) {
            members.add(predicting(shifted(same, shift), 2 + shift));
        }

        Outcome ensemble = Outcome.ensemble(same, members);
        Map<UncertaintyKind, Volume> maps = ensemble.maps(same, false);

        assertThat(ensemble.displacement().at(0, 8, 16, 8)).isEqualTo(1);
        assertThat(maps).containsOnlyKeys(UncertaintyKind.COMBINED, UncertaintyKind.FLOW_SPREAD,
                UncertaintyKind.PREDICTIVE, UncertaintyKind.LABEL_ENTROPY, UncertaintyKind.MUTUAL_INFORMATION,
                UncertaintyKind.WARPING_ERROR);
        assertThat(maps.get(UncertaintyKind.FLOW_SPREAD).at(8, 16, 8)).isEqualTo(1);
        // Root mean square of 2 and 4.
        assertThat(maps.get(UncertaintyKind.PREDICTIVE).at(8, 16, 8)).isCloseTo((float) Math.sqrt(10), within(1e-6f));
        assertThat(maps.get(UncertaintyKind.COMBINED).at(8, 16, 8)).isCloseTo((float) Math.sqrt(11), within(1e-6f));
    }

    private static Outcome predicting(Outcome o, float u) {
        float[] values = new float[CHANNELS * o.warped().grid().size()];
        Arrays.fill(values, u);
        PredictiveUncertainty predictive = PredictiveUncertainty.takeOwnershipOf(o.warped().grid(), CHANNELS, values);
        return new Outcome(o.displacement(), o.warped(), o.warpedLabels(), Optional.empty(), Optional.of(predictive),
                List.of(), Map.of());
    }

    @Test
    void shouldMeasureAMapThatIsTheErrorAsIdeal() {
        Outcome still = still(different);
        LabelMap given = still.warpedLabels().argMax();
        float[] wrong = new float[given.labels().length];
        for (int x = 0; x < wrong.length; x++) {
            wrong[x] = given.labels()[x] == a.labels().labels()[x] ? 0 : 1;
        }
        Outcome knowing = still
                .withOwnMaps(Map.of(UncertaintyKind.TRANSFORMATION, Volume.takeOwnershipOf(given.grid(), wrong)));

        MapFigures m = Measurement.of(different, knowing, false, 0).figures().maps()
                .get(UncertaintyKind.TRANSFORMATION);

        assertThat(m.auseErr()).isCloseTo(0, within(1e-12));
        assertThat(m.auseMr()).isCloseTo(0, within(1e-12));
        assertThat(m.correlation()).isCloseTo(1, within(1e-9));
    }
}
