package org.regstream.training.export;

import java.util.ArrayList;
import java.util.List;
import org.regstream.core.model.Look;
import org.regstream.core.model.Prediction;
import org.regstream.core.volume.Volume;
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

    Look look(Volume fixed, Volume moving) {
        return look(List.of(student), fixed, moving);
    }

    Look lookOfAll(Volume fixed, Volume moving) {
        return look(members, fixed, moving);
    }

    private Look look(List<float[]> weights, Volume fixed, Volume moving) {
        List<Prediction> predictions = new ArrayList<>();
        for (float[] member : weights) {
            network.setWeights(member);
            predictions.addAll(network.look(fixed, moving).members());
        }
        return new Look(predictions);
    }

    @Override
    public void close() {
        network.close();
    }
}
