package org.regstream.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Prediction;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.onnx.GoldenPair;
import org.regstream.training.torchscript.ScriptFunction;

/** Weights that register a pair through DJL: what an exported graph is checked against. Not thread-safe. */
public final class TrainedNetwork implements GoldenPair.Network, AutoCloseable {

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final ScriptFunction forward;
    private NDArray weights;

    /** With all weights 0, until {@link #setWeights}. */
    public TrainedNetwork(Precision precision) {
        weights = manager.create(new float[VoxelMorph.size()]);
        forward = ScriptFunction.compile(
                "fixed: Tensor, moving: Tensor, labels: Tensor, weights: Tensor) -> List[Tensor]",
                """
                            u = __torch__.displacement(weights, fixed, moving)
                            warped = __torch__.warp(torch.cat([moving, labels], 1), u)
                            channels = torch.size(labels, 1)
                            return [u, torch.narrow(warped, 1, 0, 1), torch.narrow(warped, 1, 1, channels)]
                        """,
                VoxelMorph.script(precision), Warp.script());
    }

    /** Uses other weights from now on. @param next of {@link VoxelMorph}. Copied. */
    public void setWeights(float[] next) {
        weights.close();
        weights = manager.create(next);
    }

    @Override
    public Prediction predict(Volume fixed, Volume moving, LabelProbabilities movingLabels) {
        Grid g = fixed.grid();
        try (NDManager scope = manager.newSubManager()) {
            NDList out = forward.call(tensor(scope, fixed.values(), 1, g), tensor(scope, moving.values(), 1, g),
                    tensor(scope, movingLabels.values(), movingLabels.channels(), g), weights);
            return new Prediction(DisplacementField.takeOwnershipOf(g, out.get(0).toFloatArray()),
                    Volume.takeOwnershipOf(g, out.get(1).toFloatArray()), LabelProbabilities
                            .takeOwnershipOf(g, movingLabels.channels(), out.get(2).toFloatArray()));
        }
    }

    private static NDArray tensor(NDManager scope, float[] values, int channels, Grid g) {
        return scope.create(values, new Shape(1, channels, g.depth(), g.height(), g.width()));
    }

    @Override
    public void close() {
        forward.close();
        manager.close();
    }
}
