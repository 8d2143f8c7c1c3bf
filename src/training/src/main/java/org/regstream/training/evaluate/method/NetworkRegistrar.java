package org.regstream.training.evaluate.method;

import ai.djl.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.training.evaluate.Pairing;
import org.regstream.training.evaluate.row.Outcome;
import org.regstream.training.evaluate.row.Registrar;
import org.regstream.training.network.Estimate;
import org.regstream.training.network.Heads;
import org.regstream.training.network.NetworkDesign;
import org.regstream.training.network.Precision;
import org.regstream.training.network.TrainedNetwork;

/** Weights of one design that register together. Not thread-safe. */
final class NetworkRegistrar implements Registrar {

    /** λ that a conditioned network is told, as a share of the largest that it was trained for: P2's best of the grid, 3 of 5. */
    private static final double SMOOTHNESS = 3.0 / 5;

    private final TrainedNetwork network;
    private final List<float[]> weights;
    private final int passes;
    private final long seed;

    /**
     * @param weights of each network
     * @param passes  of each; dropout is on if there are several
     * @param seed    of what is dropped, the same for each pair
     */
    NetworkRegistrar(NetworkDesign design, Precision precision, List<float[]> weights, int passes, long seed) {
        network = new TrainedNetwork(design, precision);
        this.weights = List.copyOf(weights);
        this.passes = passes;
        this.seed = seed;
    }

    @Override
    public Outcome register(Pairing pair) {
        List<Outcome> members = passes(pair);
        return members.size() == 1 ? members.get(0) : Outcome.ensemble(pair, members);
    }

    /** What each pass of each network says. */
    List<Outcome> passes(Pairing pair) {
        Engine.getEngine("PyTorch").setRandomSeed((int) seed);
        LabelProbabilities labels = pair.movingLabels(network.design().channels());
        List<Outcome> outcomes = new ArrayList<>();
        for (float[] member : weights) {
            network.setWeights(member);
            for (int pass = 0; pass < passes; pass++) {
                outcomes.add(outcome(network.estimate(pair.fixed().image(), pair.movingImage(), labels, SMOOTHNESS,
                        passes > 1)));
            }
        }
        return outcomes;
    }

    private Outcome outcome(Estimate e) {
        return new Outcome(e.displacement(), e.warped(), e.warpedLabels(),
                network.design().heads() == Heads.NONE ? Optional.empty() : Optional.of(e.labels()), e.predictive(),
                List.of(), Map.of());
    }

    @Override
    public void close() {
        network.close();
    }
}
