package org.regstream.core.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.regstream.core.ModelException;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.DicePredictor;
import org.regstream.core.model.EnsembleModel;
import org.regstream.core.model.EnsemblePrediction;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.core.model.Structure;
import org.regstream.core.quality.FieldQuality;

/**
 * The second look at a registered volume: the ensemble sees the pair that the student saw, and says how far its labels, and
 * so the student's, can be trusted. Results depend on the arguments alone; safe for concurrent procedures.
 */
public final class AssessmentPipeline {

    private final EnsembleModel ensemble;

    /** @param ensemble referenced, not owned: the caller closes it */
    public AssessmentPipeline(EnsembleModel ensemble) {
        this.ensemble = ensemble;
    }

    /**
     * @param registered by the student of the same package
     * @return rejected if the ensemble fails; a structure that it lost is reported without voxels
     */
    public AssessmentOutcome assess(Registered registered) {
        NetworkInput in = registered.input();
        EnsemblePrediction prediction;
        long start = System.nanoTime();
        try {
            prediction = ensemble.assess(in.fixed(), in.moving(), in.movingProbabilities());
        } catch (ModelException e) {
            return new Rejected(RejectionReason.MODEL_FAULT, Objects.requireNonNullElse(e.getMessage(), "no message"));
        }
        Duration modelTime = Duration.ofNanos(System.nanoTime() - start);
        LiveGridLabels live = LiveGridLabels.of(prediction.labelProbabilities(), registered.labels().grid());
        UncertaintyMaps maps = UncertaintyMaps.of(prediction, live, ensemble.manifest().grid().spacingMm());
        return new Assessed(in.placement(), prediction, live.box().paste(live.labels()), live.box(), maps,
                FieldQuality.of(prediction.displacement(), in.inside()),
                structures(live.figures(referenceVolumes(registered)), prediction, in), modelTime);
    }

    private static Map<Structure, Double> referenceVolumes(Registered registered) {
        Map<Structure, Double> volumes = new LinkedHashMap<>();
        registered.structures().forEach(s -> volumes.put(s.structure(), s.referenceMm3()));
        return volumes;
    }

    private List<StructureAssessment> structures(List<StructureFigures> figures, EnsemblePrediction prediction,
            NetworkInput in) {
        Map<String, DicePredictor> predictors = thresholds().dicePredictors();
        List<ReliabilityFeatures> features = predictors.isEmpty()
                ? List.of()
                : ReliabilityFeatures.of(prediction, in.fixed(), in.moving(), in.movingLabels(), in.inside());
        List<StructureAssessment> structures = new ArrayList<>();
        for (StructureFigures f : figures) {
            int row = f.structure().label() - 1;
            DicePredictor predictor = predictors.get(f.structure().name());
            structures.add(new StructureAssessment(f, prediction.structures().get(row),
                    predictor == null || features.get(row) == null
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(predictor.predict(features.get(row)))));
        }
        return structures;
    }

    private AlertThresholds thresholds() {
        return ensemble.manifest().thresholds();
    }
}
