package org.regstream.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

import org.regstream.core.model.ModelGrid;

import com.google.protobuf.ByteString;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

/**
 * A network whose answer is known by hand: the displacement is the same whole-voxel shift everywhere, image and labels are
 * pulled along it by GridSample, the border's value outside. {@code displacement = shift + 0 * sqrt(min(fixed))}, so a
 * negative fixed intensity, which no mapped image has, makes it not a number. A moving intensity above 1 keeps the graph in a
 * loop of a billion rounds a unit.
 */
final class ShiftGraph {

    private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;

    private final ModelGrid grid;
    private final int channels;
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("shift");

    private ShiftGraph(ModelGrid grid, int channels) {
        this.grid = grid;
        this.channels = channels;
    }

    /** @return an ONNX file for {@code warped(x) = moving(x + (k, j, i))}, voxels */
    static byte[] shifting(ModelGrid grid, int channels, int k, int j, int i) {
        return new ShiftGraph(grid, channels).build(k, j, i);
    }

    private byte[] build(int k, int j, int i) {
        input("fixed", 1);
        input("moving", 1);
        input("moving_labels", channels);
        constant("shift", constantField(k, j, i), 1, 3, grid.depth(), grid.height(), grid.width());
        constant("where", samplingGrid(k, j, i), 1, grid.depth(), grid.height(), grid.width(), 3);
        constant("zero", new float[1], 1, 1, 1, 1, 1);
        node("ReduceMin", List.of("fixed"), "least");
        node("Sqrt", List.of("least"), "root");
        node("Mul", List.of("root", "zero"), "nothing");
        loop();
        node("Add", List.of("shift", "looped"), "displacement");
        sample("moving", "warped");
        sample("moving_labels", "label_probabilities");
        output("displacement", 3);
        output("warped", 1);
        output("label_probabilities", channels);
        return ModelProto.newBuilder().setIrVersion(9).setProducerName("regstream tests")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(Manifests.OPSET)).setGraph(graph).build()
                .toByteArray();
    }

    private float[] constantField(float... shift) {
        float[] field = new float[3 * grid.size()];
        for (int x = 0; x < field.length; x++) {
            field[x] = shift[x / grid.size()];
        }
        return field;
    }

    /** GridSample wants (x, y, z) = (i, j, k), -1 and 1 at the centres of the first and last voxel (align_corners = 1). */
    private float[] samplingGrid(int k, int j, int i) {
        float[] where = new float[3 * grid.size()];
        int to = 0;
        for (int z = 0; z < grid.depth(); z++) {
            for (int y = 0; y < grid.height(); y++) {
                for (int x = 0; x < grid.width(); x++) {
                    where[to++] = 2f * (x + i) / (grid.width() - 1) - 1;
                    where[to++] = 2f * (y + j) / (grid.height() - 1) - 1;
                    where[to++] = 2f * (z + k) / (grid.depth() - 1) - 1;
                }
            }
        }
        return where;
    }

    /** {@code looped = nothing}, found after relu(max(moving) - 1) * 1e9 rounds of adding zero. */
    private void loop() {
        constant("one", new float[]{1}, 1, 1, 1, 1, 1);
        constant("rounds_per_unit", new float[]{1e9f}, 1, 1, 1, 1, 1);
        node("ReduceMax", List.of("moving"), "most");
        node("Sub", List.of("most", "one"), "excess");
        node("Relu", List.of("excess"), "above");
        node("Mul", List.of("above", "rounds_per_unit"), "rounds");
        graph.addNode(NodeProto.newBuilder().setOpType("Cast").addInput("rounds").addOutput("count")
                .addAttribute(AttributeProto.newBuilder().setName("to").setType(AttributeProto.AttributeType.INT)
                        .setI(TensorProto.DataType.INT64_VALUE)));
        graph.addInitializer(TensorProto.newBuilder().setName("scalar").setDataType(TensorProto.DataType.INT64_VALUE)
                .addDims(0));
        node("Reshape", List.of("count", "scalar"), "trips");
        GraphProto round = GraphProto.newBuilder().setName("round")
                .addInput(scalar("round_number", TensorProto.DataType.INT64_VALUE))
                .addInput(scalar("go_on", TensorProto.DataType.BOOL_VALUE))
                .addInput(ValueInfoProto.newBuilder().setName("before").setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(FLOAT))))
                .addNode(NodeProto.newBuilder().setOpType("Identity").addInput("go_on").addOutput("still_go_on"))
                .addNode(NodeProto.newBuilder().setOpType("Add").addInput("before").addInput("zero").addOutput("after"))
                .addOutput(scalar("still_go_on", TensorProto.DataType.BOOL_VALUE))
                .addOutput(ValueInfoProto.newBuilder().setName("after").setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(FLOAT))))
                .build();
        graph.addNode(NodeProto.newBuilder().setOpType("Loop").setName("looped").addInput("trips").addInput("")
                .addInput("nothing").addOutput("looped").addAttribute(AttributeProto.newBuilder().setName("body")
                        .setType(AttributeProto.AttributeType.GRAPH).setG(round)));
    }

    private static ValueInfoProto scalar(String name, int type) {
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(
                TypeProto.Tensor.newBuilder().setElemType(type).setShape(TensorShapeProto.newBuilder()))).build();
    }

    private void sample(String image, String output) {
        graph.addNode(NodeProto.newBuilder().setOpType("GridSample").setName(output).addInput(image).addInput("where")
                .addOutput(output).addAttribute(text("mode", "linear")).addAttribute(text("padding_mode", "border"))
                .addAttribute(AttributeProto.newBuilder().setName("align_corners")
                        .setType(AttributeProto.AttributeType.INT).setI(1)));
    }

    private static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value)).build();
    }

    private void node(String operator, List<String> inputs, String output) {
        graph.addNode(NodeProto.newBuilder().setOpType(operator).setName(output).addAllInput(inputs).addOutput(output));
    }

    private void constant(String name, float[] values, int... shape) {
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(FLOAT)
                .setRawData(ByteString.copyFrom(raw));
        for (int size : shape) {
            tensor.addDims(size);
        }
        graph.addInitializer(tensor);
    }

    private void input(String name, int n) {
        graph.addInput(value(name, n));
    }

    private void output(String name, int n) {
        graph.addOutput(value(name, n));
    }

    private ValueInfoProto value(String name, int n) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int size : new int[]{1, n, grid.depth(), grid.height(), grid.width()}) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return ValueInfoProto.newBuilder().setName(name).setType(
                TypeProto.newBuilder().setTensorType(TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(shape)))
                .build();
    }
}
