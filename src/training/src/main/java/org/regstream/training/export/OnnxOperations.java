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
 * rank 5 for it. Softmax over channels is written out: ONNX Runtime's takes several times as long where the axis is not the last.
 */
final class OnnxOperations extends Operations {

    private final GraphBuilder graph;
    private final String prefix;
    private final float[] weights;
    private final int[] size;
    private final Map<Integer, String> identities = new HashMap<>();
    private final Map<Integer, String> shares = new HashMap<>();
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
        List<String> inputs = new ArrayList<>(List.of(x, kernel));
        at = middle + layer.biases();
        if (layer.biases() > 0) {
            inputs.add(graph.halfConstant(name + "_bias", Arrays.copyOfRange(weights, middle, at), layer.outputs()));
        }
        return graph.node("Conv", name, inputs, ints("kernel_shape", side, side, side), ints("strides", s, s, s),
                ints("pads", pad, pad, pad, pad, pad, pad));
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
    protected String emitStep(String a, String b, String damping) {
        String off = node("Sub", List.of(a, b));
        String mean = node("Mul", List.of(node("Add", List.of(a, b)), scalar(0.5)));
        String k = slope(mean, 2);
        String j = slope(mean, 3);
        String i = slope(mean, 4);
        String sums = spread(emitConcat(List.of(over(k, k), over(j, j), over(i, i), over(k, j), over(k, i),
                over(j, i), over(k, off), over(j, off), over(i, off))), extent(a).divisor());
        String[] m = new String[9];
        for (int n = 0; n < m.length; n++) {
            m[n] = emitChannels(sums, n, n + 1);
        }
        String kk = emitAdd(m[0], damping);
        String jj = emitAdd(m[1], damping);
        String ii = emitAdd(m[2], damping);
        String c0 = minor(jj, ii, m[5], m[5]);
        String c1 = minor(m[4], m[5], m[3], ii);
        String c2 = minor(m[3], m[5], m[4], jj);
        String c3 = minor(kk, ii, m[4], m[4]);
        String c4 = minor(m[3], m[4], kk, m[5]);
        String c5 = minor(kk, jj, m[3], m[3]);
        String determinant = dot(kk, m[3], m[4], c0, c1, c2);
        String adjoint = emitConcat(List.of(dot(c0, c1, c2, m[6], m[7], m[8]), dot(c1, c3, c4, m[6], m[7], m[8]),
                dot(c2, c4, c5, m[6], m[7], m[8])));
        String d = node("Div", List.of(adjoint, determinant));
        String quarter = emitTimes(over(d, d), 0.25);
        return node("Div", List.of(d, node("Sqrt", List.of(emitPlus(quarter, 1)))));
    }

    /** Half the difference of the neighbours along an axis; the border's value goes on. */
    private String slope(String x, int axis) {
        long[] before = new long[10];
        before[axis] = 1;
        before[5 + axis] = 1;
        String more = node("Pad", List.of(x, graph.constant(name("pads"), before)), text("mode", "edge"));
        String axes = graph.constant(name("axis"), axis);
        String next = node("Slice", List.of(more, graph.constant(name("from"), 2),
                graph.constant(name("to"), Integer.MAX_VALUE), axes));
        String last = node("Slice", List.of(more, graph.constant(name("from"), 0), graph.constant(name("to"), -2),
                axes));
        return node("Mul", List.of(node("Sub", List.of(next, last)), scalar(0.5)));
    }

    /** Sum over the channels of the product. */
    private String over(String a, String b) {
        return node("ReduceSum", List.of(node("Mul", List.of(a, b)), graph.constant(name("axis"), 1)));
    }

    private String minor(String a, String b, String c, String d) {
        return node("Sub", List.of(node("Mul", List.of(a, b)), node("Mul", List.of(c, d))));
    }

    private String dot(String a, String b, String c, String x, String y, String z) {
        String two = emitAdd(node("Mul", List.of(a, x)), node("Mul", List.of(b, y)));
        return emitAdd(two, node("Mul", List.of(c, z)));
    }

    @Override
    protected String emitSpread(String x) {
        return spread(x, extent(x).divisor());
    }

    /** Axis after axis: ONNX Runtime's pooling in three dimensions takes many times as long as these sums. */
    private String spread(String x, int divisor) {
        long[] n = sides(divisor);
        String sums = x;
        for (int axis = 2; axis < 5; axis++) {
            long side = n[axis - 2];
            long[] one = new long[10];
            one[axis] = 1;
            one[5 + axis] = 1;
            String more = node("Pad", List.of(sums, graph.constant(name("pads"), one)));
            String axes = graph.constant(name("axis"), axis);
            String[] shifted = new String[3];
            for (int by = 0; by < 3; by++) {
                shifted[by] = node("Slice", List.of(more, graph.constant(name("from"), by),
                        graph.constant(name("to"), by + side), axes));
            }
            sums = emitAdd(emitAdd(shifted[0], shifted[1]), shifted[2]);
        }
        return node("Mul", List.of(sums, shares.computeIfAbsent(divisor, this::shares)));
    }

    /** 1 over how many of the 27 neighbours exist, [1,1,D,H,W]. */
    private String shares(int divisor) {
        long[] n = sides(divisor);
        String product = null;
        for (int axis = 0; axis < n.length; axis++) {
            float[] share = new float[(int) n[axis]];
            for (int x = 0; x < share.length; x++) {
                share[x] = 1f / (Math.min(x + 1, share.length - 1) - Math.max(x - 1, 0) + 1);
            }
            long[] along = {1, 1, 1, 1, 1};
            along[2 + axis] = n[axis];
            String mine = graph.constant(name("share"), share, along);
            product = product == null ? mine : node("Mul", List.of(product, mine));
        }
        return product;
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
    protected String emitMultiply(String a, String b) {
        return node("Mul", List.of(a, b));
    }

    @Override
    protected String emitSigmoid(String x) {
        return node("Sigmoid", List.of(x));
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
        String channels = graph.constant(name("axis"), 1);
        String most = node("ReduceMax", List.of(x, channels));
        String shares = node("Exp", List.of(node("Sub", List.of(x, most))));
        return node("Div", List.of(shares, node("ReduceSum", List.of(shares, channels))));
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
