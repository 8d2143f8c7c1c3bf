package org.regstream.training.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.regstream.core.model.GraphSpec;
import org.regstream.core.model.ModelGrid;
import org.regstream.onnx.GraphTensors;
import org.regstream.training.network.NetworkDesign;
import org.regstream.training.network.NetworkDesign.Output;

/**
 * A network as one ONNX graph of fixed shape.
 *
 * <pre>
 * fixed [1,1,D,H,W], moving [1,1,D,H,W], moving_labels [1,C,D,H,W]
 *   -> displacement           [1,3,D,H,W]  voxels, components (k, j, i), pull
 *      warped                 [1,1,D,H,W]  moving(x + u(x)), trilinear, outside the border's value
 *      label_probabilities    [1,C,D,H,W]  refined labels, or moving_labels warped likewise
 *      predictive_uncertainty [1,C,D,H,W]  where the network has the head
 * </pre>
 */
final class StudentGraph {

    static final List<String> INPUTS = List.of("fixed", "moving", "moving_labels");

    private StudentGraph() {}

    private static Map<Output, String> names(NetworkDesign design) {
        Map<Output, String> names = new LinkedHashMap<>();
        names.put(Output.DISPLACEMENT, GraphTensors.DISPLACEMENT);
        names.put(Output.WARPED, GraphTensors.WARPED);
        names.put(Output.LABELS, GraphTensors.LABEL_PROBABILITIES);
        if (design.outputs().contains(Output.PREDICTIVE)) {
            names.put(Output.PREDICTIVE, GraphTensors.PREDICTIVE_UNCERTAINTY);
        }
        return names;
    }

    /** Names and operator set of the graph, as it is kept in {@code file}. */
    static GraphSpec spec(String file, NetworkDesign design) {
        return new GraphSpec(file, GraphBuilder.OPSET, INPUTS, List.copyOf(names(design).values()));
    }

    /**
     * @param weights  of the design. Not modified.
     * @param metadata where the weights come from; goes into the file
     */
    static ModelProto of(NetworkDesign design, float[] weights, ModelGrid grid, Map<String, String> metadata) {
        GraphBuilder graph = new GraphBuilder("registration");
        declareInputs(graph, grid, design.channels());
        OnnxOperations operations = new OnnxOperations(graph, "", weights, grid);
        Map<Output, String> results = design.build(operations);
        names(design).forEach((output, name) -> {
            String result = results.get(output);
            graph.output(result, name, 1, operations.extent(result).channels(), grid.depth(), grid.height(),
                    grid.width());
        });
        return graph.build(metadata);
    }

    static void declareInputs(GraphBuilder graph, ModelGrid grid, int channels) {
        graph.input(INPUTS.get(0), 1, 1, grid.depth(), grid.height(), grid.width());
        graph.input(INPUTS.get(1), 1, 1, grid.depth(), grid.height(), grid.width());
        graph.input(INPUTS.get(2), 1, channels, grid.depth(), grid.height(), grid.width());
    }
}
