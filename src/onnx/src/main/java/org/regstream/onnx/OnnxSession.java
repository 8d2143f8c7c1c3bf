package org.regstream.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.regstream.core.ModelException;
import org.regstream.core.model.GraphSpec;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;

/**
 * One graph in ONNX Runtime with tensors over direct buffers that are allocated once and used by every run. Owns
 * all native memory. One thread only, always the same: on CUDA memory grows when runs hop between threads.
 */
final class OnnxSession implements AutoCloseable {

    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
    private final List<FloatBuffer> inputBuffers = new ArrayList<>();
    private final Map<String, FloatBuffer> outputBuffers = new LinkedHashMap<>();
    private RunOptions running;
    private Object runningFor;

    private OnnxSession(OrtSession session) {
        this.session = session;
    }

    /**
     * @param graph the ONNX file
     * @param cuda  whether every node must run on CUDA; otherwise all run on the processor
     * @throws ModelException if the graph is not the manifest's
     * @throws OrtException if ONNX Runtime cannot open it with this provider
     */
    static OnnxSession open(byte[] graph, GraphTensors tensors, boolean cuda, int threads) throws OrtException {
        requireOpset(OpsetReader.read(graph), tensors.spec());
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (SessionOptions options = new SessionOptions()) {
            options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
            options.setIntraOpNumThreads(threads);
            if (cuda) {
                requireCuda(options);
            }
            OnnxSession opened = new OnnxSession(environment.createSession(graph, options));
            try {
                opened.allocate(environment, tensors);
                return opened;
            } catch (OrtException | RuntimeException e) {
                opened.close();
                throw e;
            }
        }
    }

    /** A node that CUDA does not have fails the start instead of running elsewhere; products keep full float precision. */
    private static void requireCuda(SessionOptions options) throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(0)) {
            cuda.add("cudnn_conv_algo_search", "HEURISTIC");
            cuda.add("use_tf32", "0");
            options.addCUDA(cuda);
        }
        options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
        options.setMemoryPatternOptimization(false);
    }

    /**
     * Runs the graph. The arrays are read, not modified.
     *
     * @param caller whom {@link #terminate} may end it for
     */
    void run(Object caller, float[] fixed, float[] moving) throws OrtException {
        inputBuffers.get(0).put(0, fixed);
        inputBuffers.get(1).put(0, moving);
        try (RunOptions options = new RunOptions()) {
            setRunning(caller, options);
            try {
                session.run(inputs, Set.of(), outputs, options).close();
            } finally {
                setRunning(null, null);
            }
        }
    }

    private synchronized void setRunning(Object caller, RunOptions options) {
        runningFor = caller;
        running = options;
    }

    /** Asks this caller's run to end at its next node, if it is in progress; from any thread. */
    synchronized void terminate(Object caller) throws OrtException {
        if (running != null && runningFor == caller) {
            running.setTerminate(true);
        }
    }

    /**
     * @param member which, from 0
     * @param length elements of one member
     * @return what the last run gave for one member of an output, as a new array
     */
    float[] output(String name, int member, int length) {
        float[] values = new float[length];
        outputBuffers.get(name).get(Math.multiplyExact(member, length), values);
        return values;
    }

    @Override
    public void close() throws OrtException {
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
        session.close();
    }

    private void allocate(OrtEnvironment environment, GraphTensors tensors) throws OrtException {
        GraphSpec spec = tensors.spec();
        requireNames(spec, tensors.outputs().keySet());
        for (int x = 0; x < tensors.inputs().size(); x++) {
            String name = spec.inputs().get(x);
            long[] shape = tensors.inputs().get(x);
            require(name, session.getInputInfo(), shape, spec.file());
            FloatBuffer buffer = allocate(shape);
            inputBuffers.add(buffer);
            inputs.put(name, OnnxTensor.createTensor(environment, buffer, shape));
        }
        for (Map.Entry<String, long[]> output : tensors.outputs().entrySet()) {
            long[] shape = output.getValue();
            require(output.getKey(), session.getOutputInfo(), shape, spec.file());
            FloatBuffer buffer = allocate(shape);
            outputBuffers.put(output.getKey(), buffer);
            outputs.put(output.getKey(), OnnxTensor.createTensor(environment, buffer, shape));
        }
    }

    private static FloatBuffer allocate(long[] shape) {
        int elements = Math.toIntExact(Arrays.stream(shape).reduce(4, Math::multiplyExact));
        return ByteBuffer.allocateDirect(elements).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    private static void requireOpset(int got, GraphSpec spec) {
        if (got != spec.opset()) {
            throw new ModelException(spec.file() + " uses ONNX operator set " + got + ", the manifest says "
                    + spec.opset() + "; export the package again");
        }
    }

    private void requireNames(GraphSpec spec, Set<String> needed) {
        Set<String> declared = Set.copyOf(spec.outputs());
        if (!session.getInputNames().equals(Set.copyOf(spec.inputs())) || !session.getOutputNames().equals(declared)
                || !declared.containsAll(needed)) {
            throw new ModelException(spec.file() + " takes " + session.getInputNames() + " and returns "
                    + session.getOutputNames() + ", the manifest says " + spec.inputs() + " and " + spec.outputs()
                    + ", and " + needed + " are needed; export the package again");
        }
    }

    private static void require(String name, Map<String, NodeInfo> infos, long[] shape, String file) {
        TensorInfo info = infos.get(name).getInfo() instanceof TensorInfo tensor ? tensor : null;
        if (info == null || info.type != OnnxJavaType.FLOAT || !Arrays.equals(info.getShape(), shape)) {
            throw new ModelException(file + ": " + name + " is " + infos.get(name).getInfo() + ", the manifest's window"
                    + " needs FLOAT " + Arrays.toString(shape) + "; export the package again");
        }
    }
}
