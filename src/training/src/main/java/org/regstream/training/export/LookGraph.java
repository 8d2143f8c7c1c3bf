package org.regstream.training.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ai.onnx.proto.OnnxMl.ModelProto;
import org.regstream.core.model.GraphSpec;
import org.regstream.core.model.ModelGrid;
import org.regstream.onnx.GraphTensors;
import org.regstream.training.network.NetworkDesign;
import org.regstream.training.network.NetworkDesign.Output;

/**
 * N networks of one design as one ONNX graph of fixed shape; a student has one. They see images and no labels.
 *
 * <pre>
 * fixed [1,1,D,H,W], moving [1,1,D,H,W]
 *   -> displacement    [N,3,D,H,W]  voxels, components (k, j, i), pull
 *      expected_error  [N,1,D,H,W]  voxels, positive
 *      outline         [N,C,D,H,W]  label probabilities of the fixed image
 *      moving_outline  [N,C,D,H,W]  of the moving image
 * </pre>
 */
final class LookGraph {

    private static final List<String> INPUTS = List.of("fixed", "moving");
    private static final Map<Output, String> NAMES = names();

    private LookGraph() {}

    private static Map<Output, String> names() {
        Map<Output, String> names = new LinkedHashMap<>();
        names.put(Output.DISPLACEMENT, GraphTensors.DISPLACEMENT);
        names.put(Output.EXPECTED_ERROR, GraphTensors.EXPECTED_ERROR);
        names.put(Output.OUTLINE, GraphTensors.OUTLINE);
        names.put(Output.MOVING_OUTLINE, GraphTensors.MOVING_OUTLINE);
        return names;
    }

    /** Names and operator set of the graph, as it is kept in {@code file}. */
    static GraphSpec spec(String file) {
        return new GraphSpec(file, GraphBuilder.OPSET, INPUTS, List.copyOf(NAMES.values()));
    }

    /**
     * @param design   of every member
     * @param members  weights of each, at least one. Not modified.
     * @param metadata where the weights come from; goes into the file
     */
    static ModelProto of(NetworkDesign design, List<float[]> members, ModelGrid grid, Map<String, String> metadata) {
        GraphBuilder graph = new GraphBuilder("registration");
        INPUTS.forEach(input -> graph.input(input, 1, 1, grid.depth(), grid.height(), grid.width()));
        Map<Output, List<String>> results = new LinkedHashMap<>();
        Map<Output, Integer> channels = new LinkedHashMap<>();
        for (int member = 0; member < members.size(); member++) {
            OnnxOperations o = new OnnxOperations(graph, "m" + member + "_", members.get(member), grid);
            design.buildLook(o).forEach((output, name) -> {
                results.computeIfAbsent(output, any -> new ArrayList<>()).add(name);
                channels.put(output, o.extent(name).channels());
            });
        }
        NAMES.forEach((output, name) -> {
            List<String> all = results.get(output);
            String joined = all.size() == 1
                    ? all.get(0)
                    : graph.node("Concat", name + "_of_all", all, GraphBuilder.integer("axis", 0));
            graph.output(joined, name, all.size(), channels.get(output), grid.depth(), grid.height(), grid.width());
        });
        return graph.build(metadata);
    }
}
