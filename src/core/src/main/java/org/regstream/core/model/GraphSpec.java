package org.regstream.core.model;

import java.util.List;

/**
 * One ONNX graph of a package.
 *
 * @param file    name inside the package folder
 * @param opset   ONNX operator set version
 * @param inputs  tensor names in the order fixed, moving, moving labels
 * @param outputs tensor names; a student returns {@code displacement}, {@code warped} and {@code label_probabilities} at
 *                least, an ensemble what {@link EnsembleSpec} names
 */
public record GraphSpec(String file, int opset, List<String> inputs, List<String> outputs) {

    public GraphSpec {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        if (inputs.size() != 3) {
            throw new IllegalArgumentException("a graph takes fixed, moving and moving labels, got inputs " + inputs);
        }
    }
}
