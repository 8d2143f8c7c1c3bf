package org.regstream.core.pipeline;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.regstream.core.ModelException;
import org.regstream.core.model.DicePredictor;
import org.regstream.core.model.GenericLimits;
import org.regstream.core.model.Look;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.model.Structure;
import org.regstream.core.model.Verdict;

/**
 * The second look at a registered volume: the ensemble sees the pair that the student saw, carries the labels itself and says
 * how far they, and so the student's, can be trusted. Results depend on the arguments alone, and on the time that fits are
 * given; safe for concurrent procedures.
 */
public final class AssessmentPipeline {

    private final RegistrationModel ensemble;
    private final Candidates candidates;
    private final PerReference<ReferenceFacts> facts = new PerReference<>();

    /** Nothing is fitted anew. @param ensemble referenced, not owned: the caller closes it */
    public AssessmentPipeline(RegistrationModel ensemble) {
        this(ensemble, Candidates.withoutFitting());
    }

    /**
     * @param ensemble   referenced, not owned: the caller closes it
     * @param candidates what the field is chosen from; one that was fitted for the student and chosen is always among them
     */
    public AssessmentPipeline(RegistrationModel ensemble, Candidates candidates) {
        this.ensemble = ensemble;
        this.candidates = candidates;
    }

    /**
     * @param registered by the student of the same package
     * @return rejected if the ensemble fails; a structure that it lost is reported without voxels
     */
    public AssessmentOutcome assess(Registered registered) {
        NetworkInput in = registered.input();
        Look look;
        long start = System.nanoTime();
        try {
            look = ensemble.look(in.fixed(), in.moving());
        } catch (ModelException e) {
            return new Rejected(RejectionReason.MODEL_FAULT, Objects.requireNonNullElse(e.getMessage(), "no message"));
        }
        Duration modelTime = Duration.ofNanos(System.nanoTime() - start);
        Choice choice = candidates.choose(in, look, Optional.of(registered.choice()));
        Map<Structure, Double> coverage = registered.structures().stream()
                .collect(Collectors.toMap(StructureFigures::structure, StructureFigures::coverage));
        Overlay overlay = new OverlayMaker(registered.reference(),
                facts.get(registered.reference(), ReferenceFacts::of), ensemble.manifest(), in, registered.box().live())
                .of(look, choice, coverage::get);
        return new Assessed(in.placement(), overlay,
                overlay.structures().stream().map(f -> new StructureAssessment(f, verdict(f))).toList(), modelTime);
    }

    private Optional<Verdict> verdict(StructureFigures figures) {
        return figures.isLost()
                ? Optional.empty()
                : predictor(figures.structure()).flatMap(p -> figures.features().map(p::predict));
    }

    /** Limits go by name: one that the package knows by another code must not be taken for its own. */
    private Optional<DicePredictor> predictor(Structure s) {
        ModelManifest manifest = ensemble.manifest();
        return manifest.channelOf(s).isPresent()
                ? manifest.thresholds().predictorOf(s.name())
                : manifest.thresholds().generic().map(GenericLimits::dicePredictor);
    }
}
