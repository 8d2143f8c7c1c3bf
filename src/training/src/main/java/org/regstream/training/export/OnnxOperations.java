package org.regstream.training.export;

import static org.regstream.training.export.GraphBuilder.integer;
import static org.regstream.training.export.GraphBuilder.ints;
import static org.regstream.training.export.GraphBuilder.number;
import static org.regstream.training.export.GraphBuilder.text;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.regstream.core.model.ModelGrid;
import org.regstream.training.network.Layer;
import org.regstream.training.network.Operations;

/**
 * Renders as ONNX operators of fixed shape. Nearest up-sampling is Reshape, Expand, Reshape: providers lack {@code Resize} of
 * rank 5 for it.
 */
final class OnnxOperations extends Operations {

    private final GraphBuilder graph;
    private final String prefix;
    private final float[] weights;
    private final int[] size;
    private final Map<Integer, String> identities = new HashMap<>();
    private int values;
    private int at;

    /**
     * @param prefix  keeps the names of several networks in one graph apart
     * @param weights of the network. Not modified.
     */
    OnnxOperations(GraphBuilder graph, String prefix, float[] weights, ModelGrid grid) {
        this.graph = graph;
        this.prefix = prefix;
        this.weights = weights;
        size = new int[]{grid.depth(), grid.height(), grid.width()};
    }

    private String node(String operator, List<String> inputs, AttributeProto... attributes) {
        return graph.node(operator, name(operator), inputs, attributes);
    }

    private String name(String what) {
        return prefix + what + values++;
    }

    /** Sides at a resolution. */
    private long[] sides(int divisor) {
        return Arrays.stream(size).mapToLong(n -> n / divisor).toArray();
    }

    private String scalar(double value) {
        return graph.constant(name("scalar"), new float[]{(float) value}, 1);
    }

    @Override
    protected String emitConvolution(Layer layer, String x) {
        int middle = at + layer.kernelSize();
        String name = prefix + layer.name();
        long side = layer.side();
        long pad = side / 2;
        long s = layer.stride();
        String kernel = graph.halfConstant(name + "_kernel", Arrays.copyOfRange(weights, at, middle), layer.outputs(),
                layer.inputs(), side, side, side);
        at = middle + layer.outputs();
        String bias = graph.halfConstant(name + "_bias", Arrays.copyOfRange(weights, middle, at), layer.outputs());
        return graph.node("Conv", name, List.of(x, kernel, bias), ints("kernel_shape", side, side, side),
                ints("strides", s, s, s), ints("pads", pad, pad, pad, pad, pad, pad));
    }

    @Override
    protected String emitLeaky(String x) {
        return node("LeakyRelu", List.of(x), number("alpha", LEAK));
    }

    @Override
    protected String emitUp(String x) {
        long items = extent(x).items();
        long c = items * extent(x).channels();
        long[] n = sides(extent(x).divisor());
        String split = node("Reshape", List.of(x, graph.constant(name("apart"), c, n[0], 1, n[1], 1, n[2], 1)));
        String twice = node("Expand", List.of(split, graph.constant(name("copies"), c, n[0], 2, n[1], 2, n[2], 2)));
        return node("Reshape",
                List.of(twice, graph.constant(name("joined"), items, c / items, 2 * n[0], 2 * n[1], 2 * n[2])));
    }

    @Override
    protected String emitUpLinear(String x) {
        String scales = graph.constant(name("scales"), new float[]{1, 1, 2, 2, 2}, 5);
        return node("Resize", List.of(x, "", scales), text("mode", "linear"),
                text("coordinate_transformation_mode", "half_pixel"));
    }

    @Override
    protected String emitParts(String x) {
        long items = extent(x).items();
        long c = extent(x).channels() / 8;
        long[] n = sides(extent(x).divisor());
        String apart = node("Reshape",
                List.of(x, graph.constant(name("apart"), items * c, 2, 2, 2, n[0], n[1], n[2])));
        String turned = node("Transpose", List.of(apart), ints("perm", 0, 4, 1, 5, 2, 6, 3));
        return node("Reshape",
                List.of(turned, graph.constant(name("joined"), items, c, 2 * n[0], 2 * n[1], 2 * n[2])));
    }

    @Override
    protected String emitCorrelation(String a, String b) {
        long[] n = sides(extent(a).divisor());
        String padded = node("Pad", List.of(b, graph.constant(name("pads"), 0, 0, 1, 1, 1, 0, 0, 1, 1, 1)));
        String axes = graph.constant(name("axes"), 2, 3, 4);
        String channels = graph.constant(name("axis"), 1);
        List<String> shifts = new ArrayList<>();
        for (int shift = 0; shift < SHIFTS; shift++) {
            long k = shift / 9;
            long j = shift / 3 % 3;
            long i = shift % 3;
            String shifted = node("Slice", List.of(padded, graph.constant(name("from"), k, j, i),
                    graph.constant(name("to"), k + n[0], j + n[1], i + n[2]), axes));
            shifts.add(node("ReduceMean", List.of(node("Mul", List.of(a, shifted)), channels)));
        }
        return emitConcat(shifts);
    }

    @Override
    protected String emitConcat(List<String> parts) {
        return node("Concat", parts, integer("axis", 1));
    }

    @Override
    protected String emitChannels(String x, int from, int to) {
        return node("Slice", List.of(x, graph.constant(name("from"), from), graph.constant(name("to"), to),
                graph.constant(name("axis"), 1)));
    }

    @Override
    protected String emitStack(String first, String second) {
        return node("Concat", List.of(first, second), integer("axis", 0));
    }

    @Override
    protected String emitItem(String stacked, int which) {
        return node("Slice", List.of(stacked, graph.constant(name("from"), which),
                graph.constant(name("to"), which + 1), graph.constant(name("axis"), 0)));
    }

    @Override
    protected String emitDetached(String x) {
        return x;
    }

    @Override
    protected String emitAdd(String a, String b) {
        return node("Add", List.of(a, b));
    }

    @Override
    protected String emitTimes(String x, double factor) {
        return node("Mul", List.of(x, scalar(factor)));
    }

    @Override
    protected String emitPlus(String x, double summand) {
        return node("Add", List.of(x, scalar(summand)));
    }

    @Override
    protected String emitSoftplus(String x) {
        return node("Softplus", List.of(x));
    }

    @Override
    protected String emitLogarithm(String x) {
        return node("Log", List.of(x));
    }

    @Override
    protected String emitSoftmax(String x) {
        return node("Softmax", List.of(x), integer("axis", 1));
    }

    @Override
    protected String emitPull(String image, String u) {
        return node("GridSample", List.of(image, samplingGrid(u)), integer("align_corners", 1),
                text("mode", "linear"), text("padding_mode", "border"));
    }

    /** Where to sample: x + u(x) scaled to [-1, 1], [1,D,H,W,3] in the order (i, j, k). */
    private String samplingGrid(String u) {
        long[] n = sides(extent(u).divisor());
        String scale = graph.constant(name("scale"),
                new float[]{2f / (n[0] - 1), 2f / (n[1] - 1), 2f / (n[2] - 1)}, 1, 3, 1, 1, 1);
        String scaled = node("Mul", List.of(u, scale));
        String identity = identities.computeIfAbsent(extent(u).divisor(), this::identity);
        String positions = node("Add", List.of(scaled, identity));
        String reversed = node("Slice", List.of(positions, graph.constant(name("from"), -1),
                graph.constant(name("to"), -4), graph.constant(name("axis"), 1), graph.constant(name("step"), -1)));
        return node("Transpose", List.of(reversed), ints("perm", 0, 2, 3, 4, 1));
    }

    /** Where each voxel lies, [1,3,D,H,W] in [-1, 1], from one small constant an axis. */
    private String identity(int divisor) {
        long[] n = sides(divisor);
        String shape = graph.constant(name("shape"), 1, 1, n[0], n[1], n[2]);
        List<String> axes = new ArrayList<>();
        for (int axis = 0; axis < n.length; axis++) {
            float[] positions = new float[(int) n[axis]];
            for (int x = 0; x < positions.length; x++) {
                positions[x] = (float) (2.0 * x / (positions.length - 1) - 1);
            }
            long[] along = {1, 1, 1, 1, 1};
            along[2 + axis] = n[axis];
            axes.add(node("Expand", List.of(graph.constant(name("along"), positions, along), shape)));
        }
        return node("Concat", axes, integer("axis", 1));
    }

    @Override
    protected String emitNormalise(String x, String affine) {
        throw new UnsupportedOperationException("conditioned networks are not exported");
    }

    @Override
    protected String emitEnter(String x) {
        return x;
    }

    @Override
    protected String emitReal(String x) {
        return x;
    }

    @Override
    protected String emitDropout(String x, double probability) {
        return x;
    }

    @Override
    protected String emitCopies(String x) {
        return x;
    }

    @Override
    protected String emitSample(String mean, String logVariance) {
        return mean;
    }
}
