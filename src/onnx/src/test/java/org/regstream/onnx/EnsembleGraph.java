package org.regstream.onnx;

import java.util.List;

import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.StructureSummary;
import org.regstream.core.testkit.FakeEnsemble;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

/**
 * {@link FakeEnsemble} as an ONNX graph: labels pulled along two whole-voxel shifts and averaged, their entropy, constant
 * maps and made-up summaries. A negative fixed intensity makes the displacement not a number.
 */
final class EnsembleGraph extends TinyGraph {

    private EnsembleGraph(ModelGrid grid, int channels) {
        super("ensemble", grid, channels);
    }

    /** @return an ONNX file for the members {@code warped(x) = moving(x + a)} and {@code moving(x + b)}, voxels */
    static byte[] of(ModelGrid grid, int channels, int[] a, int[] b) {
        return new EnsembleGraph(grid, channels).build(a, b);
    }

    private byte[] build(int[] a, int[] b) {
        inputs();
        displacement(a, b);
        labels(a, b);
        entropy();
        node("Identity", List.of("label_entropy"), "mutual_information");
        map("displacement_spread", (float) Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]) / 2);
        map("predictive_uncertainty", FakeEnsemble.PREDICTIVE);
        summary();
        output("displacement", 3);
        output("label_probabilities", channels);
        for (String map : List.of("label_entropy", "mutual_information", "displacement_spread",
                "predictive_uncertainty")) {
            output(map, 1);
        }
        return encode();
    }

    private void displacement(int[] a, int[] b) {
        field("mean_shift", (a[0] + b[0]) / 2f, (a[1] + b[1]) / 2f, (a[2] + b[2]) / 2f);
        constant("zero", new float[1], 1, 1, 1, 1, 1);
        node("ReduceMin", List.of("fixed"), "least");
        node("Sqrt", List.of("least"), "root");
        node("Mul", List.of("root", "zero"), "nothing");
        node("Add", List.of("mean_shift", "nothing"), "displacement");
    }

    private void labels(int[] a, int[] b) {
        place("where_a", a[0], a[1], a[2]);
        place("where_b", b[0], b[1], b[2]);
        sample("moving_labels", "where_a", "labels_a");
        sample("moving_labels", "where_b", "labels_b");
        constant("half", new float[]{0.5f}, 1, 1, 1, 1, 1);
        node("Add", List.of("labels_a", "labels_b"), "labels_sum");
        node("Mul", List.of("labels_sum", "half"), "label_probabilities");
    }

    /** {@code -sum_c p ln max(p, 1e-20)}. */
    private void entropy() {
        constant("least_probability", new float[]{1e-20f}, 1, 1, 1, 1, 1);
        graph.addInitializer(TensorProto.newBuilder().setName("channel_axis")
                .setDataType(TensorProto.DataType.INT64_VALUE).addDims(1).addInt64Data(1));
        node("Max", List.of("label_probabilities", "least_probability"), "positive");
        node("Log", List.of("positive"), "logarithm");
        node("Mul", List.of("label_probabilities", "logarithm"), "products");
        node("ReduceSum", List.of("products", "channel_axis"), "negative_entropy");
        node("Neg", List.of("negative_entropy"), "label_entropy");
    }

    /** The same value everywhere. Uses the moving image too, so that the graph keeps it as an input. */
    private void map(String name, float value) {
        constant(name + "_value", new float[]{value}, 1, 1, 1, 1, 1);
        node("Mul", List.of("moving", "zero"), name + "_zero");
        node("Add", List.of(name + "_zero", name + "_value"), name);
    }

    private void summary() {
        int structures = channels - 1;
        float[] rows = new float[structures * StructureSummary.SIZE];
        for (int at = 0; at < rows.length; at++) {
            rows[at] = (float) FakeEnsemble.summaries(structures).get(at / StructureSummary.SIZE)
                    .row()[at % StructureSummary.SIZE];
        }
        constant("rows", rows, 1, structures, StructureSummary.SIZE);
        node("Identity", List.of("rows"), "structure_summary");
        graph.addOutput(ValueInfoProto.newBuilder().setName("structure_summary").setType(TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(TensorShapeProto.newBuilder()
                        .addDim(size(1)).addDim(size(structures)).addDim(size(StructureSummary.SIZE))))));
    }

    private static TensorShapeProto.Dimension size(int n) {
        return TensorShapeProto.Dimension.newBuilder().setDimValue(n).build();
    }
}
