package org.regstream.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Look;
import org.regstream.core.model.Prediction;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.onnx.GoldenPair;
import org.regstream.training.network.NetworkDesign.Output;
import org.regstream.training.torchscript.ScriptFunction;

/** Weights that register a pair through DJL: what an exported graph is checked against. Not thread-safe. */
public final class TrainedNetwork implements GoldenPair.Network, AutoCloseable {

    private final NetworkDesign design;
    private final NetworkScript script;
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final ScriptFunction forward;
    private NDArray weights;

    /** With all weights 0, until {@link #setWeights}. */
    public TrainedNetwork(NetworkDesign design, Precision precision) {
        this.design = design;
        script = new NetworkScript(design, precision, 0);
        weights = manager.create(new float[design.size()]);
        forward = ScriptFunction.compile(
                "fixed: Tensor, moving: Tensor, labels: Tensor, weights: Tensor, smoothness: Tensor, random: Tensor)"
                        + " -> List[Tensor]",
                "    return __torch__.network(weights, fixed, moving, labels, smoothness, bool(random), 1)\n",
                script.text(), Warp.script());
    }

    public NetworkDesign design() {
        return design;
    }

    /** Uses other weights from now on. @param next of the design. Copied. */
    public void setWeights(float[] next) {
        weights.close();
        weights = manager.create(next);
    }

    /** {@link Heads#TWIN} only. */
    @Override
    public Look look(Volume fixed, Volume moving) {
        Grid g = fixed.grid();
        int channels = design.channels();
        float[] none = new float[channels * g.size()];
        try (NDManager scope = manager.newSubManager()) {
            NDList out = forward(scope, fixed, moving, none, channels, 0, false);
            return new Look(List.of(new Prediction(
                    DisplacementField.takeOwnershipOf(g, values(out, Output.DISPLACEMENT)),
                    Volume.takeOwnershipOf(g, values(out, Output.EXPECTED_ERROR)),
                    LabelProbabilities.takeOwnershipOf(g, channels, values(out, Output.OUTLINE)),
                    LabelProbabilities.takeOwnershipOf(g, channels, values(out, Output.MOVING_OUTLINE)))));
        }
    }

    private NDList forward(NDManager scope, Volume fixed, Volume moving, float[] labels, int channels,
            double smoothness, boolean random) {
        Grid g = fixed.grid();
        NDArray lambda = scope.create(new float[]{(float) smoothness}, new Shape(1, 1, 1, 1, 1));
        return forward.call(tensor(scope, fixed.values(), 1, g), tensor(scope, moving.values(), 1, g),
                tensor(scope, labels, channels, g), weights, lambda, scope.create(random));
    }

    /**
     * @param smoothness λ that a conditioned network is told; others do not read it
     * @param random     whether dropout is on and velocities are drawn
     * @return new arrays on the grid of {@code fixed}
     */
    public Estimate estimate(Volume fixed, Volume moving, LabelProbabilities movingLabels, double smoothness,
            boolean random) {
        Grid g = fixed.grid();
        try (NDManager scope = manager.newSubManager()) {
            int channels = movingLabels.channels();
            NDList out = forward(scope, fixed, moving, movingLabels.values(), channels, smoothness, random);
            return new Estimate(DisplacementField.takeOwnershipOf(g, values(out, Output.DISPLACEMENT)),
                    Volume.takeOwnershipOf(g, values(out, Output.WARPED)),
                    LabelProbabilities.takeOwnershipOf(g, channels, values(out, Output.WARPED_LABELS)),
                    LabelProbabilities.takeOwnershipOf(g, channels, values(out, Output.LABELS)),
                    predictive(g, channels, out));
        }
    }

    private Optional<PredictiveUncertainty> predictive(Grid grid, int channels, NDList out) {
        return design.heads() == Heads.PREDICTIVE_AND_REFINER
                ? Optional.of(PredictiveUncertainty.takeOwnershipOf(grid, channels, values(out, Output.PREDICTIVE)))
                : Optional.empty();
    }

    private float[] values(NDList out, Output output) {
        return out.get(script.place(output)).toFloatArray();
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
