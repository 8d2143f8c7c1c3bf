package org.regstream.core.model;

import java.util.List;

/**
 * One ONNX graph of a package. Student and ensemble return the same, for one network or for several.
 *
 * @param file    name inside the package folder
 * @param opset   ONNX operator set version
 * @param inputs  tensor names in the order fixed, moving: networks see images only
 * @param outputs tensor names; {@code displacement}, {@code expected_error}, {@code outline} and {@code moving_outline} at
 *                least, as {@link Prediction} describes them
 */
public record GraphSpec(String file, int opset, List<String> inputs, List<String> outputs) {

    public GraphSpec {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        if (inputs.size() != 2) {
            throw new IllegalArgumentException("a graph takes fixed and moving, got inputs " + inputs);
        }
    }
}
