package org.regstream.training.export;

import java.util.ArrayList;
import java.util.List;
import org.regstream.core.model.EnsemblePrediction;
import org.regstream.core.model.Prediction;
import org.regstream.core.model.StructureSummaries;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Warp;
import org.regstream.onnx.GoldenEnsemble;
import org.regstream.onnx.GoldenPair;
import org.regstream.training.network.NetworkDesign;
import org.regstream.training.network.Precision;
import org.regstream.training.network.TrainedNetwork;

/** What DJL computes from the weights to be exported, in float32. Not thread-safe. */
final class ReferenceNetworks implements AutoCloseable {

    private final float[] student;
    private final List<float[]> members;
    private final TrainedNetwork network;

    /** Weights are not modified. @param members of the ensemble, may be none */
    ReferenceNetworks(NetworkDesign design, float[] student, List<float[]> members) {
        this.student = student;
        this.members = List.copyOf(members);
        network = new TrainedNetwork(design, Precision.FLOAT32);
    }

    float[] student() {
        return student;
    }

    List<float[]> members() {
        return members;
    }

    boolean hasEnsemble() {
        return !members.isEmpty();
    }

    Prediction predict(Volume fixed, Volume moving, LabelProbabilities movingLabels) {
        network.setWeights(student);
        return network.predict(fixed, moving, movingLabels);
    }

    EnsemblePrediction assess(Volume fixed, Volume moving, LabelProbabilities movingLabels) {
        List<Prediction> predictions = new ArrayList<>();
        for (float[] member : members) {
            network.setWeights(member);
            predictions.add(network.predict(fixed, moving, movingLabels));
        }
        return StructureSummaries.combine(predictions);
    }

    /** An ensemble as if it were one network: mean field, the image it warps, mean labels. */
    static GoldenPair.Network asPrediction(GoldenEnsemble.Network ensemble) {
        return (fixed, moving, labels) -> {
            EnsemblePrediction e = ensemble.assess(fixed, moving, labels);
            return new Prediction(e.displacement(), Warp.linear(moving, e.displacement(), 0), e.labelProbabilities());
        };
    }

    @Override
    public void close() {
        network.close();
    }
}
