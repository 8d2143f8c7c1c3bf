package org.regstream.core.model;

import java.util.List;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;

/**
 * What an ensemble returns, all on the window's grid. The parts of its uncertainty are kept apart: they mean different
 * things.
 *
 * @param displacement          mean of the members' pull displacements, voxels of the window
 * @param labelProbabilities    mean of the members' warped labels, after their refiners if they have one
 * @param labelEntropy          entropy of {@code labelProbabilities}, nats
 * @param mutualInformation     entropy of the mean less the mean of the members' entropies, nats: how far the members
 *                              disagree about the label
 * @param displacementSpread    square root of the trace of the covariance of the members' displacements, voxels of the
 *                              window: how far they disagree about the place
 * @param predictiveUncertainty root of the mean, over members and channels, of the squared error that the networks expect of
 *                              their label probabilities; unit of a probability
 * @param structures            figures of each structure, in label order from label 1
 */
public record EnsemblePrediction(DisplacementField displacement, LabelProbabilities labelProbabilities,
        Volume labelEntropy, Volume mutualInformation, Volume displacementSpread, Volume predictiveUncertainty,
        List<StructureSummary> structures) {

    public EnsemblePrediction {
        structures = List.copyOf(structures);
        if (structures.size() != labelProbabilities.channels() - 1) {
            throw new IllegalArgumentException("an ensemble of " + labelProbabilities.channels()
                    + " label channels summarises " + (labelProbabilities.channels() - 1) + " structures, got "
                    + structures.size());
        }
    }
}
