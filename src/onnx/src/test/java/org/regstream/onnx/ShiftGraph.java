package org.regstream.onnx;

import java.util.List;

import org.regstream.core.model.ModelGrid;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
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
final class ShiftGraph extends TinyGraph {

    private ShiftGraph(ModelGrid grid, int channels) {
        super("shift", grid, channels);
    }

    /** @return an ONNX file for {@code warped(x) = moving(x + (k, j, i))}, voxels */
    static byte[] shifting(ModelGrid grid, int channels, int k, int j, int i) {
        return new ShiftGraph(grid, channels).build(k, j, i);
    }

    private byte[] build(int k, int j, int i) {
        inputs();
        field("shift", k, j, i);
        place("where", k, j, i);
        constant("zero", new float[1], 1, 1, 1, 1, 1);
        node("ReduceMin", List.of("fixed"), "least");
        node("Sqrt", List.of("least"), "root");
        node("Mul", List.of("root", "zero"), "nothing");
        loop();
        node("Add", List.of("shift", "looped"), "displacement");
        sample("moving", "where", "warped");
        sample("moving_labels", "where", "label_probabilities");
        output("displacement", 3);
        output("warped", 1);
        output("label_probabilities", channels);
        return encode();
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
}
