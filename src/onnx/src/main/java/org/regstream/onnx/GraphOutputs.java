package org.regstream.onnx;

import org.regstream.core.ModelException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

/**
 * What the last run of a graph gave, checked: a value that no result may have fails the volume. Arrays are new.
 *
 * @param graph    for messages
 * @param grid     of the pair
 * @param channels label channels, background included
 */
record GraphOutputs(OnnxSession session, String graph, Grid grid, int channels) {

    /**
     * How far a voxel's label probabilities may sum from 1, and how far below 0 a figure may lie that has no negative values:
     * well above float rounding of a trilinear warp.
     */
    private static final float TOLERANCE = 1e-3f;

    DisplacementField displacement() {
        return DisplacementField.takeOwnershipOf(grid, finite(GraphTensors.DISPLACEMENT));
    }

    Volume warped() {
        return Volume.takeOwnershipOf(grid, finite(GraphTensors.WARPED));
    }

    LabelProbabilities labelProbabilities() {
        float[] values = finite(GraphTensors.LABEL_PROBABILITIES);
        int n = grid.size();
        for (int x = 0; x < n; x++) {
            float sum = 0;
            for (int at = x; at < values.length; at += n) {
                sum += values[at];
                requireNonNegative(GraphTensors.LABEL_PROBABILITIES, values, at);
            }
            if (Math.abs(sum - 1) > TOLERANCE) {
                throw unusable(GraphTensors.LABEL_PROBABILITIES, "a sum of " + sum + " at voxel " + x);
            }
        }
        return LabelProbabilities.takeOwnershipOf(grid, channels, values);
    }

    /** A map that has no negative values, [1, 1, D, H, W]; what rounding left below 0 is 0. */
    Volume map(String output) {
        return Volume.takeOwnershipOf(grid, nonNegative(output));
    }

    /** Finite values of at least 0; what rounding left below 0 is 0. */
    float[] nonNegative(String output) {
        float[] values = finite(output);
        for (int x = 0; x < values.length; x++) {
            requireNonNegative(output, values, x);
            values[x] = Math.max(0, values[x]);
        }
        return values;
    }

    private float[] finite(String output) {
        float[] values = session.output(output);
        for (int x = 0; x < values.length; x++) {
            if (!Float.isFinite(values[x])) {
                throw unusable(output, values[x] + " at offset " + x);
            }
        }
        return values;
    }

    private void requireNonNegative(String output, float[] values, int at) {
        if (values[at] < -TOLERANCE) {
            throw unusable(output, values[at] + " at offset " + at);
        }
    }

    private ModelException unusable(String output, String what) {
        return new ModelException(graph + " returned " + what + " in " + output
                + ", which must not be shown; check the input image and the package");
    }
}
