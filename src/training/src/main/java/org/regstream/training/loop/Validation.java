package org.regstream.training.loop;

import java.util.List;
import org.regstream.core.quality.Dice;
import org.regstream.core.quality.FieldQuality;
import org.regstream.training.data.Sample;
import org.regstream.training.evaluate.Pairing;
import org.regstream.training.evaluate.Protocol;
import org.regstream.training.network.Estimate;
import org.regstream.training.network.TrainedNetwork;

/** Fixed pairs of the validation images, to watch a run. */
final class Validation implements AutoCloseable {

    /** λ that a conditioned network is watched at. */
    private static final double SMOOTHNESS = 0.5;

    /**
     * Means over pairs and structures.
     *
     * @param dice          of the warped labels
     * @param refinedDice   of the refined labels
     * @param folding       share of voxels
     * @param sdDeterminant standard deviation of the Jacobian determinant
     */
    record Result(double dice, double refinedDice, double folding, double sdDeterminant) {
        static final Result NONE = new Result(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

        Result plus(Result o) {
            return new Result(dice + o.dice, refinedDice + o.refinedDice, folding + o.folding,
                    sdDeterminant + o.sdDeterminant);
        }

        Result dividedBy(double n) {
            return new Result(dice / n, refinedDice / n, folding / n, sdDeterminant / n);
        }
    }

    private final TrainedNetwork network;
    private final List<Pairing> pairs;
    private final int channels;

    Validation(TrainingSettings s, List<Sample> samples) {
        network = new TrainedNetwork(s.network(), s.precision());
        pairs = Protocol.PAIRS.pair(samples, List.of());
        channels = s.network().channels();
    }

    Result of(float[] weights) {
        network.setWeights(weights);
        return pairs.stream().map(this::measured).reduce(Result::plus).orElseThrow().dividedBy(pairs.size());
    }

    private Result measured(Pairing pair) {
        Sample fixed = pair.fixed();
        Estimate e = network.estimate(fixed.image(), pair.movingImage(), pair.movingLabels(channels), SMOOTHNESS,
                false);
        FieldQuality quality = FieldQuality.of(e.displacement(), fixed.inside());
        return new Result(Dice.meanForeground(fixed.labels(), e.warpedLabels().argMax(), channels),
                Dice.meanForeground(fixed.labels(), e.labels().argMax(), channels), quality.foldingFraction(),
                quality.sdDeterminant());
    }

    @Override
    public void close() {
        network.close();
    }
}
