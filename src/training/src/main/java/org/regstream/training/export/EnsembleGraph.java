package org.regstream.training.export;

import static org.regstream.training.export.GraphBuilder.integer;
import static org.regstream.training.export.GraphBuilder.ints;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.regstream.core.model.EnsembleSpec;
import org.regstream.core.model.GraphSpec;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.StructureSummary;
import org.regstream.onnx.GraphTensors;
import org.regstream.training.network.NetworkDesign;
import org.regstream.training.network.NetworkDesign.Output;

/**
 * N networks of one design and what they say together (P1, Eq. 7 and 9) as one ONNX graph of fixed shape, by the definitions
 * of {@code core.model.StructureSummaries}.
 *
 * <pre>
 * fixed [1,1,D,H,W], moving [1,1,D,H,W], moving_labels [1,C,D,H,W]
 *   -> displacement           [1,3,D,H,W]  mean
 *      label_probabilities    [1,C,D,H,W]  mean of the members' refined labels
 *      label_entropy          [1,1,D,H,W]  nats, of that mean
 *      mutual_information     [1,1,D,H,W]  nats, entropy of the mean less mean entropy
 *      displacement_spread    [1,1,D,H,W]  voxels, root of the trace of the members' covariance
 *      predictive_uncertainty [1,1,D,H,W]  root of the mean of u² over members and channels
 *      structure_summary      [1,S,7]      as StructureSummary lists them
 * </pre>
 */
final class EnsembleGraph {

    private static final List<String> OUTPUTS = List.of(GraphTensors.DISPLACEMENT,
            GraphTensors.LABEL_PROBABILITIES, GraphTensors.LABEL_ENTROPY, GraphTensors.MUTUAL_INFORMATION,
            GraphTensors.DISPLACEMENT_SPREAD, GraphTensors.PREDICTIVE_UNCERTAINTY, GraphTensors.STRUCTURE_SUMMARY);

    /** Below any probability that counts: 1e-20 log 1e-20 is 0 in float32 sums. */
    private static final float SMALLEST_PROBABILITY = 1e-20f;

    private final GraphBuilder graph = new GraphBuilder("ensemble");
    private final NetworkDesign design;
    private final ModelGrid grid;
    private final List<String> displacements = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();
    private final List<String> squaredErrors = new ArrayList<>();
    private int values;

    private EnsembleGraph(NetworkDesign design, ModelGrid grid) {
        this.design = design;
        this.grid = grid;
    }

    /** Names and operator set of the graph, as it is kept in {@code file}. */
    static EnsembleSpec spec(String file, int members) {
        return new EnsembleSpec(new GraphSpec(file, GraphBuilder.OPSET, StudentGraph.INPUTS, OUTPUTS), members);
    }

    /**
     * @param design   of every member
     * @param members  weights of each, at least 2. Not modified.
     * @param metadata where the weights come from; goes into the file
     */
    static ModelProto of(NetworkDesign design, List<float[]> members, ModelGrid grid, Map<String, String> metadata) {
        EnsembleGraph ensemble = new EnsembleGraph(design, grid);
        StudentGraph.declareInputs(ensemble.graph, grid, design.channels());
        for (int member = 0; member < members.size(); member++) {
            ensemble.add("m" + member + "_", members.get(member));
        }
        ensemble.combine();
        return ensemble.graph.build(metadata);
    }

    private String node(String operator, String... inputs) {
        return graph.node(operator, operator + values++, List.of(inputs));
    }

    private void add(String prefix, float[] weights) {
        Map<Output, String> member = design.build(new OnnxOperations(graph, prefix, weights, grid));
        displacements.add(member.get(Output.DISPLACEMENT));
        labels.add(member.get(Output.LABELS));
        if (member.containsKey(Output.PREDICTIVE)) {
            String u = member.get(Output.PREDICTIVE);
            squaredErrors.add(overChannels("ReduceMean", node("Mul", u, u)));
        }
    }

    private void combine() {
        String u = mean(displacements);
        String p = mean(labels);
        String entropy = entropy(p);
        String information = node("Relu", node("Sub", entropy, mean(labels.stream().map(this::entropy).toList())));
        String spread = node("Sqrt", mean(displacements.stream().map(d -> squaredDistance(d, u)).toList()));
        String predictive = squaredErrors.isEmpty()
                ? node("Mul", entropy, scalar(0))
                : node("Sqrt", mean(squaredErrors));
        graph.output(u, OUTPUTS.get(0), shape(3));
        graph.output(p, OUTPUTS.get(1), shape(design.channels()));
        graph.output(entropy, OUTPUTS.get(2), shape(1));
        graph.output(information, OUTPUTS.get(3), shape(1));
        graph.output(spread, OUTPUTS.get(4), shape(1));
        graph.output(predictive, OUTPUTS.get(5), shape(1));
        graph.output(summaries(p, entropy, spread, predictive, information), OUTPUTS.get(6), 1, design.channels() - 1,
                StructureSummary.SIZE);
    }

    private long[] shape(long channels) {
        return new long[]{1, channels, grid.depth(), grid.height(), grid.width()};
    }

    private String mean(List<String> members) {
        return graph.node("Mean", "mean" + values++, members);
    }

    private String scalar(double value) {
        return graph.constant("scalar" + values++, new float[]{(float) value}, 1);
    }

    /** One value a voxel. */
    private String overChannels(String reduction, String x) {
        return graph.node(reduction, "channels" + values++, List.of(x, graph.constant("axis" + values++, 1)),
                integer("keepdims", 1));
    }

    private String entropy(String p) {
        String information = node("Mul", p, node("Log", node("Max", p, scalar(SMALLEST_PROBABILITY))));
        return node("Relu", node("Neg", overChannels("ReduceSum", information)));
    }

    private String squaredDistance(String a, String b) {
        String d = node("Sub", a, b);
        return overChannels("ReduceSum", node("Mul", d, d));
    }

    private String summaries(String p, String entropy, String spread, String predictive, String information) {
        String best = argMax(p);
        List<String> hard = labels.stream().map(this::argMax).toList();
        List<String> rows = new ArrayList<>();
        for (int label = 1; label < design.channels(); label++) {
            String inside = mask(best, label);
            String masks = masks(hard, label);
            rows.add(row(inside(entropy, inside), inside(entropy, border(inside)), agreement(masks), variation(masks),
                    inside(spread, inside), inside(predictive, inside), inside(information, inside)));
        }
        return graph.node("Concat", "rows", rows, integer("axis", 1));
    }

    /** [1, 1, 7] */
    private String row(String... figures) {
        String joined = graph.node("Concat", "row" + values++, List.of(figures), integer("axis", 0));
        return node("Reshape", joined, graph.constant("row_shape" + values++, 1, 1, StructureSummary.SIZE));
    }

    private String argMax(String p) {
        return graph.node("ArgMax", "label" + values++, List.of(p), integer("axis", 1), integer("keepdims", 1));
    }

    /** 1 where the label is, else 0; [1,1,D,H,W]. */
    private String mask(String labels, int label) {
        String equal = node("Equal", labels, graph.constant("wanted" + values++, label));
        return graph.node("Cast", "mask" + values++, List.of(equal), integer("to", GraphBuilder.FLOAT));
    }

    /** [N, V]: a row a member. */
    private String masks(List<String> hard, int label) {
        long voxels = (long) grid.depth() * grid.height() * grid.width();
        List<String> rows = hard.stream()
                .map(h -> node("Reshape", mask(h, label), graph.constant("flat" + values++, 1, voxels))).toList();
        return graph.node("Concat", "masks" + values++, rows, integer("axis", 0));
    }

    /** Dilated minus eroded. */
    private String border(String mask) {
        return node("Add", dilated(mask), dilated(node("Neg", mask)));
    }

    private String dilated(String x) {
        return graph.node("MaxPool", "dilated" + values++, List.of(x), ints("kernel_shape", 3, 3, 3),
                ints("strides", 1, 1, 1), ints("pads", 1, 1, 1, 1, 1, 1));
    }

    /** Sum of all elements, [1]. */
    private String sum(String x) {
        return node("Reshape", node("ReduceSum", x), graph.constant("one" + values++, 1));
    }

    /** Mean of a map where the mask holds; 0 where it holds nowhere. */
    private String inside(String map, String mask) {
        return node("Div", sum(node("Mul", map, mask)), node("Max", sum(mask), scalar(1)));
    }

    /** Mean over pairs of 2 |a and b| / (|a| + |b|): all of the N x N table less its diagonal. */
    private String agreement(String masks) {
        int n = labels.size();
        String both = node("MatMul", masks, graph.node("Transpose", "turned" + values++, List.of(masks),
                ints("perm", 1, 0)));
        String each = volumes(masks);
        String either = node("Add", each, graph.node("Transpose", "turned" + values++, List.of(each),
                ints("perm", 1, 0)));
        String dice = node("Div", node("Mul", both, scalar(2)), node("Max", either, scalar(1)));
        String diagonal = sum(node("Min", each, scalar(1)));
        return node("Div", node("Sub", sum(dice), diagonal), scalar((double) n * (n - 1)));
    }

    /** [N, 1] */
    private String volumes(String masks) {
        return graph.node("ReduceSum", "volumes" + values++,
                List.of(masks, graph.constant("axis" + values++, 1)), integer("keepdims", 1));
    }

    /** Standard deviation over mean. */
    private String variation(String masks) {
        String each = volumes(masks);
        String mean = node("Div", sum(each), scalar(labels.size()));
        String off = node("Sub", each, mean);
        String variance = node("Div", sum(node("Mul", off, off)), scalar(labels.size()));
        return node("Div", node("Sqrt", variance), node("Max", mean, scalar(1e-6)));
    }
}
