package org.regstream.training.export;

import static org.regstream.training.export.GraphBuilder.integer;
import static org.regstream.training.export.GraphBuilder.ints;
import static org.regstream.training.export.GraphBuilder.real;
import static org.regstream.training.export.GraphBuilder.text;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.regstream.core.model.GraphSpec;
import org.regstream.core.model.ModelGrid;
import org.regstream.training.network.Layer;
import org.regstream.training.network.VoxelMorph;

/**
 * {@link VoxelMorph} and the warp as one ONNX graph of fixed shape.
 *
 * <pre>
 * fixed [1,1,D,H,W], moving [1,1,D,H,W], moving_labels [1,C,D,H,W]
 *   -> displacement        [1,3,D,H,W]  voxels, components (k, j, i), pull
 *      warped              [1,1,D,H,W]  moving(x + u(x)), trilinear, outside the border's value
 *      label_probabilities [1,C,D,H,W]  moving_labels likewise
 * </pre>
 *
 * Up-sampling is Reshape, Expand, Reshape: providers lack {@code Resize} of rank 5.
 */
public final class VoxelMorphGraph {

    private static final String FIXED = "fixed";
    private static final String MOVING = "moving";
    private static final String LABELS = "moving_labels";
    private static final List<String> OUTPUTS = List.of("displacement", "warped", "label_probabilities");

    private final GraphBuilder graph = new GraphBuilder("voxelmorph");
    private final float[] weights;
    private final long[] size;
    private final int channels;

    private VoxelMorphGraph(float[] weights, ModelGrid grid, int channels) {
        this.weights = weights;
        this.channels = channels;
        size = new long[]{grid.depth(), grid.height(), grid.width()};
    }

    /**
     * @param weights  of {@link VoxelMorph}. Not modified.
     * @param grid     the window
     * @param channels label channels, background included
     * @param metadata where the weights come from; goes into the file
     */
    public static ModelProto of(float[] weights, ModelGrid grid, int channels, Map<String, String> metadata) {
        return new VoxelMorphGraph(weights, grid, channels).build(metadata);
    }

    /** Names and operator set of the graph, as it is kept in {@code file}. */
    public static GraphSpec spec(String file) {
        return new GraphSpec(file, GraphBuilder.OPSET, List.of(FIXED, MOVING, LABELS), OUTPUTS);
    }

    private ModelProto build(Map<String, String> metadata) {
        graph.input(FIXED, shape(1));
        graph.input(MOVING, shape(1));
        graph.input(LABELS, shape(channels));
        String u = displacement();
        graph.output(u, OUTPUTS.get(0), shape(3));
        String both = graph.node("Concat", "moving_all", List.of(MOVING, LABELS), integer("axis", 1));
        String pulled = graph.node("GridSample", "pulled", List.of(both, samplingGrid(u)), integer("align_corners", 1),
                text("mode", "linear"), text("padding_mode", "border"));
        graph.output(slice("warped_part", pulled, 0, 1), OUTPUTS.get(1), shape(1));
        graph.output(slice("label_part", pulled, 1, 1 + channels), OUTPUTS.get(2), shape(channels));
        return graph.build(metadata);
    }

    private String displacement() {
        List<Layer> l = VoxelMorph.layers();
        String x = concat("pair", FIXED, MOVING);
        String e1 = act(l.get(0), x);
        String e2 = act(l.get(1), e1);
        String e3 = act(l.get(2), e2);
        String e4 = act(l.get(3), e3);
        String d1 = act(l.get(4), e4);
        String d2 = act(l.get(5), concat("skip3", up(d1, 8, l.get(4)), e3));
        String d3 = act(l.get(6), concat("skip2", up(d2, 4, l.get(5)), e2));
        String d4 = act(l.get(7), concat("skip1", up(d3, 2, l.get(6)), e1));
        String f1 = act(l.get(8), concat("skip0", up(d4, 1, l.get(7)), x));
        String f2 = act(l.get(9), f1);
        String f3 = act(l.get(10), f2);
        return conv(l.get(11), f3);
    }

    private String act(Layer layer, String x) {
        return graph.node("LeakyRelu", layer.name() + "_act", List.of(conv(layer, x)), real("alpha", VoxelMorph.LEAK));
    }

    private String conv(Layer layer, String x) {
        int start = VoxelMorph.offset(layer);
        int middle = start + layer.kernelSize();
        String kernel = graph.constant(layer.name() + "_kernel", Arrays.copyOfRange(weights, start, middle),
                layer.outputs(), layer.inputs(), 3, 3, 3);
        String bias = graph.constant(layer.name() + "_bias",
                Arrays.copyOfRange(weights, middle, middle + layer.outputs()), layer.outputs());
        long s = layer.stride();
        return graph.node("Conv", layer.name(), List.of(x, kernel, bias), ints("kernel_shape", 3, 3, 3),
                ints("strides", s, s, s), ints("pads", 1, 1, 1, 1, 1, 1));
    }

    private String concat(String name, String a, String b) {
        return graph.node("Concat", name, List.of(a, b), integer("axis", 1));
    }

    /** Nearest neighbour, twice the size.
     *  @param divisor of the window's size that the result has
     *  @param from    the layer whose result it is */
    private String up(String x, int divisor, Layer from) {
        String name = from.name() + "_up";
        long c = from.outputs();
        long d = size[0] / divisor;
        long h = size[1] / divisor;
        long w = size[2] / divisor;
        String split = graph.node("Reshape", name + "_split",
                List.of(x, graph.constant(name + "_apart", c, d / 2, 1, h / 2, 1, w / 2, 1)));
        String twice = graph.node("Expand", name + "_twice",
                List.of(split, graph.constant(name + "_copies", c, d / 2, 2, h / 2, 2, w / 2, 2)));
        return graph.node("Reshape", name, List.of(twice, graph.constant(name + "_joined", 1, c, d, h, w)));
    }

    /** Where to sample: x + u(x) scaled to [-1, 1], [1,D,H,W,3] in the order (i, j, k). */
    private String samplingGrid(String u) {
        String k = coordinate(u, 0);
        String j = coordinate(u, 1);
        String i = coordinate(u, 2);
        String channelsFirst = graph.node("Concat", "sampling_first", List.of(i, j, k), integer("axis", 1));
        return graph.node("Transpose", "sampling", List.of(channelsFirst), ints("perm", 0, 2, 3, 4, 1));
    }

    /** {@code (x + u) 2 / (n - 1) - 1} along one axis, [1,1,D,H,W]. */
    private String coordinate(String u, int axis) {
        String name = "axis" + axis;
        int n = (int) size[axis];
        float[] identity = new float[n];
        for (int x = 0; x < n; x++) {
            identity[x] = (float) (2.0 * x / (n - 1) - 1);
        }
        long[] along = {1, 1, 1, 1, 1};
        along[2 + axis] = n;
        String part = slice(name + "_u", u, axis, axis + 1);
        String scale = graph.constant(name + "_scale", new float[]{2f / (n - 1)}, 1);
        String scaled = graph.node("Mul", name + "_scaled", List.of(part, scale));
        return graph.node("Add", name, List.of(scaled, graph.constant(name + "_identity", identity, along)));
    }

    /** Channels from (inclusive) to (exclusive). */
    private String slice(String name, String x, long from, long to) {
        return graph.node("Slice", name, List.of(x, graph.constant(name + "_from", from),
                graph.constant(name + "_to", to), graph.constant(name + "_axis", 1)));
    }

    private long[] shape(long c) {
        return new long[]{1, c, size[0], size[1], size[2]};
    }
}
