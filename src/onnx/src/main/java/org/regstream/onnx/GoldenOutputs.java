package org.regstream.onnx;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import org.regstream.core.model.Look;

/**
 * Mean outputs of a network at the voxels that golden files keep.
 *
 * @param channels of an outline, background included
 * @param values   output name to its samples, [channels, d, h, w], in the order of the file
 */
record GoldenOutputs(GoldenSamples samples, int channels, Map<String, float[]> values) {

    static GoldenOutputs of(Look look, GoldenSamples samples) {
        int channels = look.channels();
        Map<String, float[]> values = new LinkedHashMap<>();
        values.put(GraphTensors.DISPLACEMENT, samples.of(look.displacement().components(), 3));
        values.put(GraphTensors.EXPECTED_ERROR, samples.of(look.expectedError().values(), 1));
        values.put(GraphTensors.OUTLINE, samples.of(look.outline().values(), channels));
        values.put(GraphTensors.MOVING_OUTLINE, samples.of(look.movingOutline().values(), channels));
        return new GoldenOutputs(samples, channels, values);
    }

    /** @throws IOException if an array is missing or has another shape */
    static GoldenOutputs read(Npz npz, int channels, GoldenSamples samples) throws IOException {
        Map<String, float[]> values = new LinkedHashMap<>();
        for (Map.Entry<String, Integer> output : GraphTensors.channels(channels).entrySet()) {
            values.put(output.getKey(), npz.floats(output.getKey(), samples.shape(output.getValue())));
        }
        return new GoldenOutputs(samples, channels, values);
    }

    void write(Npz npz) {
        GraphTensors.channels(channels)
                .forEach((name, count) -> npz.putFloats(name, values.get(name), samples.shape(count)));
    }

    /** @throws org.regstream.core.ModelException with the largest difference, if that exceeds its tolerance */
    void check(Look look) {
        Map<String, float[]> got = of(look, samples).values();
        values.forEach((name, expected) -> samples.compare(isLength(name) ? name + " (voxels)" : name, expected,
                got.get(name), isLength(name) ? GoldenPair.DISPLACEMENT_TOLERANCE_VOXELS : GoldenPair.VALUE_TOLERANCE));
    }

    private static boolean isLength(String output) {
        return output.equals(GraphTensors.DISPLACEMENT) || output.equals(GraphTensors.EXPECTED_ERROR);
    }
}
