package org.regstream.training.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regstream.core.model.EnsemblePrediction;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.core.model.Structure;
import org.regstream.core.quality.Dice;
import org.regstream.core.volume.Volume;
import org.regstream.onnx.GoldenEnsemble;
import org.regstream.training.data.Sample;
import org.regstream.training.evaluate.Padding;

/**
 * How one structure of one case came out.
 *
 * @param patient   whose fixed image it is
 * @param kind      of failure
 * @param severity  of the failure
 * @param structure name
 * @param dice      of warped and true labels inside the image, [0, 1]; NaN if neither has the structure
 * @param features  empty if the structure has no voxel left: the service refuses such a registration
 */
public record StructureCase(String patient, String kind, double severity, String structure, double dice,
        Optional<ReliabilityFeatures> features) {

    /** Registers a case. @return one a structure */
    static List<StructureCase> of(CasePlan.Case c, GoldenEnsemble.Network network, List<Structure> structures) {
        Sample fixed = c.pair().fixed();
        Volume moving = c.pair().movingImage();
        int channels = structures.size() + 1;
        EnsemblePrediction answer = network.assess(fixed.image(), moving, c.pair().movingLabels(channels));
        List<ReliabilityFeatures> features = ReliabilityFeatures.of(answer, fixed.image(), moving,
                c.pair().moving().labels().withGrid(fixed.image().grid()), fixed.inside());
        double[] dice = Dice.perLabel(Padding.cleared(fixed.labels(), fixed.inside()),
                Padding.cleared(answer.labelProbabilities().argMax(), fixed.inside()), channels);
        List<StructureCase> cases = new ArrayList<>();
        for (Structure s : structures) {
            cases.add(new StructureCase(c.patient(), c.kind(), c.severity(), s.name(), dice[s.label()],
                    Optional.ofNullable(features.get(s.label() - 1))));
        }
        return cases;
    }

    /** Whether an alert is judged by it: there is something to overlap, and something to show. */
    boolean counts() {
        return features.isPresent() && !Double.isNaN(dice);
    }

    boolean isBad() {
        return dice < Detection.BAD_BELOW_DICE;
    }
}
