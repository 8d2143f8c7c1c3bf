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

/** A graph under construction that takes fixed, moving and moving labels on a window. */
abstract class TinyGraph {

    static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;

    final ModelGrid grid;
    final int channels;
    final GraphProto.Builder graph;

    TinyGraph(String name, ModelGrid grid, int channels) {
        this.grid = grid;
        this.channels = channels;
        this.graph = GraphProto.newBuilder().setName(name);
    }

    final byte[] encode() {
        return ModelProto.newBuilder().setIrVersion(9).setProducerName("regstream tests")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(Manifests.OPSET)).setGraph(graph).build()
                .toByteArray();
    }

    final void inputs() {
        graph.addInput(value("fixed", 1)).addInput(value("moving", 1)).addInput(value("moving_labels", channels));
    }

    /** A displacement that is the same everywhere, [1, 3, D, H, W]. */
    final void field(String name, float... shift) {
        float[] field = new float[3 * grid.size()];
        for (int x = 0; x < field.length; x++) {
            field[x] = shift[x / grid.size()];
        }
        constant(name, field, 1, 3, grid.depth(), grid.height(), grid.width());
    }

    /** Where {@link #sample} reads for {@code out(x) = image(x + (k, j, i))}. */
    final void place(String name, int k, int j, int i) {
        constant(name, samplingGrid(k, j, i), 1, grid.depth(), grid.height(), grid.width(), 3);
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

    /** Linear, the border's value outside. */
    final void sample(String image, String where, String output) {
        graph.addNode(NodeProto.newBuilder().setOpType("GridSample").setName(output).addInput(image).addInput(where)
                .addOutput(output).addAttribute(text("mode", "linear")).addAttribute(text("padding_mode", "border"))
                .addAttribute(AttributeProto.newBuilder().setName("align_corners")
                        .setType(AttributeProto.AttributeType.INT).setI(1)));
    }

    private static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value)).build();
    }

    final void node(String operator, List<String> inputs, String output) {
        graph.addNode(NodeProto.newBuilder().setOpType(operator).setName(output).addAllInput(inputs).addOutput(output));
    }

    final void constant(String name, float[] values, int... shape) {
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(FLOAT)
                .setRawData(ByteString.copyFrom(raw));
        for (int size : shape) {
            tensor.addDims(size);
        }
        graph.addInitializer(tensor);
    }

    final void output(String name, int n) {
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
