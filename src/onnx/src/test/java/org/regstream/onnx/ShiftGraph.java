package org.regstream.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.regstream.core.model.ModelGrid;
import org.regstream.core.testkit.FakeModel;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

/**
 * {@link FakeModel} as an ONNX graph, of one member or several: each member's displacement is the same whole-voxel shift
 * everywhere, the probability of label 1 is the intensity. {@code displacement = shift + 0 * sqrt(min(fixed))}, so a negative
 * fixed intensity, which no mapped image has, makes it not a number; one above 1 makes probabilities that sum to more than 1. A
 * moving intensity above 1 keeps the graph in a loop of a billion rounds a unit.
 */
final class ShiftGraph extends TinyGraph {

    private ShiftGraph(ModelGrid grid, int channels) {
        super("shift", grid, channels);
    }

    /** @return an ONNX file of one member, {@code warped(x) = moving(x + (k, j, i))}, voxels */
    static byte[] shifting(ModelGrid grid, int channels, int k, int j, int i) {
        return of(grid, channels, FakeModel.EXPECTED_ERROR, new int[]{k, j, i});
    }

    /** @param error expected everywhere, voxels
     *  @param shifts of each member, (k, j, i), voxels */
    static byte[] of(ModelGrid grid, int channels, float error, int[]... shifts) {
        return new ShiftGraph(grid, channels).build(error, shifts);
    }

    private byte[] build(float error, int[]... shifts) {
        inputs();
        constant("zero", new float[1], 1, 1, 1, 1, 1);
        constant("one", new float[]{1}, 1, 1, 1, 1, 1);
        field("shifts", shifts);
        node("ReduceMin", List.of("fixed"), "least");
        node("Sqrt", List.of("least"), "root");
        node("Mul", List.of("root", "zero"), "nothing");
        loop();
        node("Add", List.of("shifts", "looped"), "displacement");
        float[] errors = new float[shifts.length * grid.size()];
        Arrays.fill(errors, error);
        constant("errors", errors, shifts.length, 1, grid.depth(), grid.height(), grid.width());
        node("Identity", List.of("errors"), "expected_error");
        outline("fixed", "outline", shifts.length);
        outline("moving", "moving_outline", shifts.length);
        output("displacement", shifts.length, 3);
        output("expected_error", shifts.length, 1);
        output("outline", shifts.length, channels);
        output("moving_outline", shifts.length, channels);
        return encode();
    }

    /** {@code [relu(1 - image), image, 0 ...]}, the same for every member. */
    private void outline(String image, String name, int members) {
        node("Sub", List.of("one", image), name + "_rest");
        node("Relu", List.of(name + "_rest"), name + "_background");
        node("Mul", List.of(image, "zero"), name + "_none");
        List<String> parts = new ArrayList<>(List.of(name + "_background", image));
        while (parts.size() < channels) {
            parts.add(name + "_none");
        }
        concat(1, parts, name + "_member");
        concat(0, Collections.nCopies(members, name + "_member"), name);
    }

    private void concat(int axis, List<String> parts, String output) {
        graph.addNode(NodeProto.newBuilder().setOpType("Concat").setName(output).addAllInput(parts).addOutput(output)
                .addAttribute(AttributeProto.newBuilder().setName("axis").setType(AttributeProto.AttributeType.INT)
                        .setI(axis)));
    }

    /** {@code looped = nothing}, found after relu(max(moving) - 1) * 1e9 rounds of adding zero. */
    private void loop() {
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
