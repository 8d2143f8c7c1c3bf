package org.regstream.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.regstream.core.model.ModelGrid;

import com.google.protobuf.ByteString;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

/** A graph under construction that takes fixed and moving on a window. */
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
        graph.addInput(value("fixed", 1, 1)).addInput(value("moving", 1, 1));
    }

    /** Displacements that are the same everywhere, [N, 3, D, H, W]. */
    final void field(String name, int[]... shifts) {
        float[] field = new float[shifts.length * 3 * grid.size()];
        for (int x = 0; x < field.length; x++) {
            field[x] = shifts[x / grid.size() / 3][x / grid.size() % 3];
        }
        constant(name, field, shifts.length, 3, grid.depth(), grid.height(), grid.width());
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

    final void output(String name, int members, int n) {
        graph.addOutput(value(name, members, n));
    }

    private ValueInfoProto value(String name, int members, int n) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int size : new int[]{members, n, grid.depth(), grid.height(), grid.width()}) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return ValueInfoProto.newBuilder().setName(name).setType(
                TypeProto.newBuilder().setTensorType(TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(shape)))
                .build();
    }
}
