package org.regstream.training.loop;

import java.util.List;
import org.regstream.training.data.Sample;
import org.regstream.training.evaluate.CaseFigures;
import org.regstream.training.evaluate.Evaluation;
import org.regstream.training.evaluate.Pairing;
import org.regstream.training.evaluate.Protocol;
import org.regstream.training.network.TrainedNetwork;

/** Fixed pairs of the validation images, to watch a run. */
final class Validation implements AutoCloseable {

    /** @param dice mean over pairs and structures
     *  @param folding share of voxels */
    record Result(double dice, double folding) {
        static final Result NONE = new Result(Double.NaN, Double.NaN);
    }

    private final TrainedNetwork network;
    private final List<Pairing> pairs;
    private final int channels;

    Validation(TrainingSettings s, List<Sample> samples) {
        network = new TrainedNetwork(s.precision());
        pairs = Protocol.PAIRS.pair(samples, List.of());
        channels = s.channels();
    }

    Result of(float[] weights) {
        network.setWeights(weights);
        Evaluation e = Evaluation.run(network, Protocol.PAIRS, pairs, channels);
        return new Result(e.mean(CaseFigures::meanDice), e.mean(CaseFigures::folding));
    }

    @Override
    public void close() {
        network.close();
    }
}
