package org.regstream.core.testkit;

import java.util.ArrayList;
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
import org.regstream.core.model.Look;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.Prediction;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

/**
 * Answers every pair with the same whole-voxel shift of each member, so that results are known by hand. Its outlines are the
 * images themselves: the probability of label 1 is the mapped intensity, the rest is background.
 */
public final class FakeModel implements RegistrationModel {

    public static final Structure HEAD = new Structure(1, "head", "1", "Head", "#ff0000");
    public static final Structure BODY = new Structure(2, "body", "2", "Body", "#00ff00");

    /** What the graphs of packages return. */
    public static final List<String> OUTPUTS = List.of("displacement", "expected_error", "outline", "moving_outline");

    /** Everywhere, voxels of the window, unless told otherwise. */
    public static final float EXPECTED_ERROR = 0.25f;

    private final ModelManifest manifest;
    private final float expectedError;
    private final Optional<String> failure;
    private final int[][] shifts;

    private FakeModel(ModelManifest manifest, float expectedError, Optional<String> failure, int[]... shifts) {
        this.manifest = manifest;
        this.expectedError = expectedError;
        this.failure = failure;
        this.shifts = shifts;
    }

    /** One member: {@code warped(x) = moving(x + shift)}, (k, j, i) in voxels of the window. */
    public static FakeModel shifting(ModelGrid grid, int k, int j, int i) {
        return ensemble(grid, new int[]{k, j, i});
    }

    /** @param shifts of each member, (k, j, i) in voxels of the window */
    public static FakeModel ensemble(ModelGrid grid, int[]... shifts) {
        return new FakeModel(manifest(grid), EXPECTED_ERROR, Optional.empty(), shifts);
    }

    public FakeModel withThresholds(AlertThresholds thresholds) {
        return new FakeModel(manifest(manifest.grid(), thresholds), expectedError, failure, shifts);
    }

    /** @param voxels expected everywhere */
    public FakeModel withExpectedError(float voxels) {
        return new FakeModel(manifest, voxels, failure, shifts);
    }

    /** A model whose network always fails. */
    public static FakeModel failing(ModelGrid grid, String message) {
        return new FakeModel(manifest(grid), EXPECTED_ERROR, Optional.of(message), new int[3]);
    }

    /** A manifest with an ensemble, the structures {@link #HEAD} and {@link #BODY} and no file behind it. */
    public static ModelManifest manifest(ModelGrid grid) {
        return manifest(grid, new AlertThresholds("fake-1", 0.01, Map.of("head", 0.5, "body", 0.5), "made up"));
    }

    /** Likewise, with other limits. */
    public static ModelManifest manifest(ModelGrid grid, AlertThresholds thresholds) {
        List<String> inputs = List.of("fixed", "moving");
        GraphSpec student = new GraphSpec("student.onnx", 20, inputs, OUTPUTS);
        GraphSpec ensemble = new GraphSpec("ensemble.onnx", 20, inputs, OUTPUTS);
        return new ModelManifest(ModelManifest.SCHEMA, "fake", "1", grid, new IntensityMapping(100),
                List.of(HEAD, BODY), student, Optional.of(new EnsembleSpec(ensemble, 2)),
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
    public int members() {
        return shifts.length;
    }

    @Override
    public Look look(Volume fixed, Volume moving) {
        failure.ifPresent(message -> {
            throw new ModelException(message);
        });
        List<Prediction> members = new ArrayList<>();
        for (int[] shift : shifts) {
            members.add(new Prediction(shifted(fixed.grid(), shift), constant(fixed.grid(), expectedError),
                    outline(fixed), outline(moving)));
        }
        return new Look(members);
    }

    /** The same displacement everywhere. */
    public static DisplacementField shifted(Grid grid, int... shift) {
        float[] u = new float[3 * grid.size()];
        for (int c = 0; c < 3; c++) {
            Arrays.fill(u, c * grid.size(), (c + 1) * grid.size(), shift[c]);
        }
        return DisplacementField.takeOwnershipOf(grid, u);
    }

    private LabelProbabilities outline(Volume image) {
        int n = image.grid().size();
        float[] values = new float[manifest.channels() * n];
        for (int x = 0; x < n; x++) {
            values[x] = Math.max(0, 1 - image.values()[x]);
            values[n + x] = image.values()[x];
        }
        return LabelProbabilities.takeOwnershipOf(image.grid(), manifest.channels(), values);
    }

    private static Volume constant(Grid g, float value) {
        float[] values = new float[g.size()];
        Arrays.fill(values, value);
        return Volume.takeOwnershipOf(g, values);
    }

    @Override
    public void close() {}
}
