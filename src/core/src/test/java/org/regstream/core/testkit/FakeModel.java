package org.regstream.core.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regstream.core.ModelException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.EnsembleSpec;
import org.regstream.core.model.GraphSpec;
import org.regstream.core.model.IntensityMapping;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.Prediction;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

/** Answers every pair with the same whole-voxel shift, so that results are known by hand. */
public final class FakeModel implements RegistrationModel {

    public static final Structure HEAD = new Structure(1, "head", "1", "Head", "#ff0000");
    public static final Structure BODY = new Structure(2, "body", "2", "Body", "#00ff00");

    private final ModelManifest manifest;
    private final int[] shift;

    private FakeModel(ModelManifest manifest, int[] shift) {
        this.manifest = manifest;
        this.shift = shift;
    }

    /** {@code warped(x) = moving(x + shift)}, (k, j, i) in voxels of the window; outside, the nearest border voxel. */
    public static FakeModel shifting(ModelGrid grid, int k, int j, int i) {
        return new FakeModel(manifest(grid), new int[]{k, j, i});
    }

    public FakeModel withThresholds(AlertThresholds thresholds) {
        return new FakeModel(manifest(manifest.grid(), thresholds), shift);
    }

    /** A model whose network always fails. */
    public static RegistrationModel failing(ModelGrid grid, String message) {
        FakeModel known = shifting(grid, 0, 0, 0);
        return new RegistrationModel() {
            @Override
            public ModelManifest manifest() {
                return known.manifest();
            }

            @Override
            public String provider() {
                return known.provider();
            }

            @Override
            public Prediction predict(Volume fixed, Volume moving, LabelProbabilities movingLabels) {
                throw new ModelException(message);
            }

            @Override
            public void close() {}
        };
    }

    /** A manifest with an ensemble, the structures {@link #HEAD} and {@link #BODY} and no file behind it. */
    public static ModelManifest manifest(ModelGrid grid) {
        return manifest(grid, new AlertThresholds("fake-1", 0.01, Map.of("head", 0.5, "body", 0.5), "made up"));
    }

    /** Likewise, with other limits. */
    public static ModelManifest manifest(ModelGrid grid, AlertThresholds thresholds) {
        List<String> inputs = List.of("fixed", "moving", "moving_labels");
        GraphSpec student = new GraphSpec("student.onnx", 20, inputs,
                List.of("displacement", "warped", "label_probabilities"));
        GraphSpec ensemble = new GraphSpec("ensemble.onnx", 20, inputs, FakeEnsemble.OUTPUTS);
        return new ModelManifest(ModelManifest.SCHEMA, "fake", "1", grid, new IntensityMapping(100),
                List.of(HEAD, BODY),
                student, Optional.of(new EnsembleSpec(ensemble, 2)),
                Map.of("student.onnx", "00", "ensemble.onnx", "01"), Map.of(), Map.of(), thresholds);
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
    public Prediction predict(Volume fixed, Volume moving, LabelProbabilities movingLabels) {
        Grid g = fixed.grid();
        float[] displacement = new float[3 * g.size()];
        for (int c = 0; c < 3; c++) {
            Arrays.fill(displacement, c * g.size(), (c + 1) * g.size(), shift[c]);
        }
        float[] probabilities = new float[movingLabels.values().length];
        for (int c = 0; c < movingLabels.channels(); c++) {
            shift(g, movingLabels.values(), probabilities, c * g.size());
        }
        float[] warped = new float[g.size()];
        shift(g, moving.values(), warped, 0);
        return new Prediction(DisplacementField.takeOwnershipOf(g, displacement), Volume.takeOwnershipOf(g, warped),
                LabelProbabilities.takeOwnershipOf(g, movingLabels.channels(), probabilities));
    }

    private void shift(Grid g, float[] from, float[] to, int base) {
        for (int k = 0; k < g.depth(); k++) {
            for (int j = 0; j < g.height(); j++) {
                for (int i = 0; i < g.width(); i++) {
                    to[base + g.offset(k, j, i)] = from[base + g.offset(clamp(k + shift[0], g.depth()),
                            clamp(j + shift[1], g.height()), clamp(i + shift[2], g.width()))];
                }
            }
        }
    }

    private static int clamp(int at, int size) {
        return Math.max(0, Math.min(size - 1, at));
    }

    @Override
    public void close() {}
}
