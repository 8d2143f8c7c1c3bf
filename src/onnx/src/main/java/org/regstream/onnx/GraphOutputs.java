package org.regstream.onnx;

import java.util.ArrayList;
import java.util.List;
import org.regstream.core.ModelException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Look;
import org.regstream.core.model.Prediction;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

/**
 * What the last run of a graph gave, checked: a value that no result may have fails the volume. Arrays are new, each copied
 * once.
 *
 * @param graph    for messages
 * @param grid     of the pair
 * @param members  N
 * @param channels of an outline, background included
 */
record GraphOutputs(OnnxSession session, String graph, Grid grid, int members, int channels) {

    /**
     * How far a voxel's label probabilities may sum from 1, and how far below 0 one may lie: well above float rounding of a
     * softmax.
     */
    private static final float TOLERANCE = 1e-3f;

    Look look() {
        List<Prediction> predictions = new ArrayList<>();
        for (int member = 0; member < members; member++) {
            predictions.add(new Prediction(
                    DisplacementField.takeOwnershipOf(grid, finite(GraphTensors.DISPLACEMENT, member, 3)),
                    Volume.takeOwnershipOf(grid, positive(GraphTensors.EXPECTED_ERROR, member)),
                    probabilities(GraphTensors.OUTLINE, member), probabilities(GraphTensors.MOVING_OUTLINE, member)));
        }
        return new Look(predictions);
    }

    private LabelProbabilities probabilities(String output, int member) {
        float[] values = finite(output, member, channels);
        int n = grid.size();
        for (int x = 0; x < n; x++) {
            float sum = 0;
            for (int at = x; at < values.length; at += n) {
                sum += values[at];
                if (values[at] < 0) {
                    requireAtLeast(output, values, at, -TOLERANCE);
                    values[at] = 0;
                }
            }
            if (Math.abs(sum - 1) > TOLERANCE) {
                throw unusable(output, "a sum of " + sum + " at voxel " + x);
            }
        }
        return LabelProbabilities.takeOwnershipOf(grid, channels, values);
    }

    private float[] positive(String output, int member) {
        float[] values = finite(output, member, 1);
        for (int x = 0; x < values.length; x++) {
            requireAtLeast(output, values, x, Float.MIN_VALUE);
        }
        return values;
    }

    private float[] finite(String output, int member, int outputChannels) {
        float[] values = session.output(output, member, outputChannels * grid.size());
        for (int x = 0; x < values.length; x++) {
            if (!Float.isFinite(values[x])) {
                throw unusable(output, values[x] + " at offset " + x);
            }
        }
        return values;
    }

    private void requireAtLeast(String output, float[] values, int at, float least) {
        if (values[at] < least) {
            throw unusable(output, values[at] + " at offset " + at);
        }
    }

    private ModelException unusable(String output, String what) {
        return new ModelException(graph + " returned " + what + " in " + output
                + ", which must not be shown; check the input image and the package");
    }
}
