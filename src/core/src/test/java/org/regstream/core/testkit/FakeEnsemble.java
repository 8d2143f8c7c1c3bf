package org.regstream.core.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.regstream.core.ModelException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.EnsembleModel;
import org.regstream.core.model.EnsemblePrediction;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.Prediction;
import org.regstream.core.model.StructureSummary;
import org.regstream.core.uncertainty.LabelEntropy;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

/**
 * Two {@link FakeModel}s, a and b, so that results are known by hand: labels are the mean of both, the displacement lies half
 * way, its spread is |a - b| / 2. Members are certain of one-hot labels, so all of the entropy is mutual information. The
 * predictive uncertainty is {@link #PREDICTIVE} everywhere and the summaries are made up.
 */
public final class FakeEnsemble implements EnsembleModel {

    /** What the graph of an ensemble returns. */
    public static final List<String> OUTPUTS = List.of("displacement", "label_probabilities", "label_entropy",
            "mutual_information", "displacement_spread", "predictive_uncertainty", "structure_summary");

    public static final float PREDICTIVE = 0.25f;

    private final ModelManifest manifest;
    private final int[] a;
    private final int[] b;
    private final List<StructureSummary> summaries;

    private FakeEnsemble(ModelManifest manifest, int[] a, int[] b, List<StructureSummary> summaries) {
        this.manifest = manifest;
        this.a = a.clone();
        this.b = b.clone();
        this.summaries = summaries;
    }

    /** @param a shift of the first member, (k, j, i) in voxels of the window
     *  @param b likewise, of the second */
    public static FakeEnsemble of(ModelGrid grid, int[] a, int[] b) {
        ModelManifest manifest = FakeModel.manifest(grid);
        return new FakeEnsemble(manifest, a, b, summaries(manifest.structures().size()));
    }

    /** Sixteenths, so that they are exact as floats: of structure c (from 1), figure f is (c + f) / 16. */
    public static List<StructureSummary> summaries(int structures) {
        return IntStream.rangeClosed(1, structures).mapToObj(c -> StructureSummary.of(
                IntStream.range(0, StructureSummary.SIZE).mapToDouble(f -> (c + f) / 16.0).toArray())).toList();
    }

    public FakeEnsemble withSummaries(StructureSummary... others) {
        return new FakeEnsemble(manifest, a, b, List.of(others));
    }

    public FakeEnsemble withThresholds(AlertThresholds thresholds) {
        return new FakeEnsemble(FakeModel.manifest(manifest.grid(), thresholds), a, b, summaries);
    }

    /** An ensemble that always fails. */
    public static EnsembleModel failing(ModelGrid grid, String message) {
        FakeEnsemble known = of(grid, new int[3], new int[3]);
        return new EnsembleModel() {
            @Override
            public ModelManifest manifest() {
                return known.manifest();
            }

            @Override
            public String provider() {
                return known.provider();
            }

            @Override
            public EnsemblePrediction assess(Volume fixed, Volume moving, LabelProbabilities movingLabels) {
                throw new ModelException(message);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public ModelManifest manifest() {
        return manifest;
    }

    @Override
    public String provider() {
        return "cpu";
    }

    @Override
    public EnsemblePrediction assess(Volume fixed, Volume moving, LabelProbabilities movingLabels) {
        Grid g = fixed.grid();
        Prediction first = member(a).predict(fixed, moving, movingLabels);
        Prediction second = member(b).predict(fixed, moving, movingLabels);
        LabelProbabilities labels = LabelProbabilities.takeOwnershipOf(g, movingLabels.channels(),
                mean(first.labelProbabilities().values(), second.labelProbabilities().values()));
        Volume entropy = LabelEntropy.of(labels);
        return new EnsemblePrediction(DisplacementField.takeOwnershipOf(g,
                mean(first.displacement().components(), second.displacement().components())), labels, entropy, entropy,
                constant(g, spread()), constant(g, PREDICTIVE), summaries);
    }

    private FakeModel member(int[] shift) {
        return FakeModel.shifting(manifest.grid(), shift[0], shift[1], shift[2]);
    }

    /** Root of the summed population variances of two members: |a - b| / 2. */
    private float spread() {
        return (float) Math.sqrt(IntStream.range(0, 3).mapToDouble(c -> Math.pow((a[c] - b[c]) / 2.0, 2)).sum());
    }

    private static float[] mean(float[] x, float[] y) {
        float[] out = new float[x.length];
        for (int at = 0; at < x.length; at++) {
            out[at] = (x[at] + y[at]) / 2;
        }
        return out;
    }

    private static Volume constant(Grid g, float value) {
        float[] values = new float[g.size()];
        Arrays.fill(values, value);
        return Volume.takeOwnershipOf(g, values);
    }

    @Override
    public void close() {}
}
