package org.regstream.core.pipeline;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.WeakHashMap;
import org.regstream.core.ConfigurationException;
import org.regstream.core.ModelException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.Prediction;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.model.Structure;
import org.regstream.core.procedure.Reference;
import org.regstream.core.quality.FieldQuality;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Resample;

/**
 * From one live volume to warped labels, their entropy and the field's quality, or to the reason why there is no valid
 * registration: lay the network's window over both images, resample each once, predict, bring the labels back to the
 * live grid. Results depend on the arguments alone; safe for concurrent procedures.
 */
public final class RegistrationPipeline {

    /** Share of the structures' voxels that the live volume must cover, and that must fit into the window. */
    static final double MIN_COVERAGE = 0.98;

    /** Nearest-neighbour resampling changes a structure's voxel count by a little; the check must not cry wolf for it. */
    private static final double RESAMPLING_SLACK = 0.05;

    private final RegistrationModel model;
    private final Map<Reference, ReferenceFacts> facts = Collections.synchronizedMap(new WeakHashMap<>());
    private final Map<Reference, MovingSide> movingSides = Collections.synchronizedMap(new WeakHashMap<>());

    /** @param model referenced, not owned: the caller closes it */
    public RegistrationPipeline(RegistrationModel model) {
        this.model = model;
    }

    public ModelManifest manifest() {
        return model.manifest();
    }

    /**
     * Checks that the network knows the reference's structures, before any volume is live.
     *
     * @throws ConfigurationException if a structure is not the network's, naming both
     */
    public void requireCompatible(Reference reference) {
        List<Structure> known = manifest().structures();
        for (Structure s : reference.structures()) {
            if (known.stream().noneMatch(k -> k.isSameAs(s))) {
                throw new ConfigurationException(
                        "model " + manifest().id() + " does not know structure " + s.label() + " ("
                                + s.name() + ", SNOMED CT " + s.code() + "); it knows " + known
                                + "; renumber the labels or choose another model package");
            }
        }
        int max = reference.labels().maxLabel();
        if (max > known.size()) {
            throw new ConfigurationException("the pre-operative label map holds label " + max + ", model "
                    + manifest().id() + " knows labels 1 to " + known.size() + "; renumber or remove the others");
        }
    }

    /**
     * @param reference the pre-operative side; compatible with the model
     * @param fixed     the live volume, [D, H, W], any unit
     */
    public RegistrationOutcome register(Reference reference, Volume fixed) {
        Placement placement = Placement.of(manifest().grid(), fixed.grid(), reference, facts(reference).middle());
        MovingSide moving = movingSide(reference, placement.movingWindow());
        boolean[] inside = Resample.inside(fixed.grid(), placement.fixedWindow());
        Optional<Rejected> unfit = coverage(moving, inside);
        if (unfit.isPresent()) {
            return unfit.get();
        }
        Volume mapped = WindowImage.of(fixed, placement.fixedWindow(), inside, manifest().intensity());
        return isFlat(mapped)
                ? new Rejected(RejectionReason.FLAT_IMAGE, "the live image is constant inside the network's window "
                        + placement.fixedWindow() + "; check that the scanner sends image data")
                : predict(reference, fixed.grid(), NetworkInput.of(placement, mapped, inside, moving));
    }

    private ReferenceFacts facts(Reference reference) {
        return facts.computeIfAbsent(reference, ReferenceFacts::of);
    }

    /** Remembered for each reference as long as it is in use: live volumes of a procedure mostly lie at one place. */
    private MovingSide movingSide(Reference reference, Grid window) {
        return movingSides.compute(reference, (r, known) -> known != null && known.window().equals(window)
                ? known
                : MovingSide.of(r, window, manifest()));
    }

    private RegistrationOutcome predict(Reference reference, Grid live, NetworkInput in) {
        Prediction prediction;
        long start = System.nanoTime();
        try {
            prediction = model.predict(in.fixed(), in.moving(), in.movingProbabilities());
        } catch (ModelException e) {
            return new Rejected(RejectionReason.MODEL_FAULT, Objects.requireNonNullElse(e.getMessage(), "no message"));
        }
        Duration modelTime = Duration.ofNanos(System.nanoTime() - start);
        LiveGridLabels result = LiveGridLabels.of(prediction.labelProbabilities(), live);
        List<StructureFigures> figures = result.figures(referenceVolumes(reference));
        for (StructureFigures f : figures) {
            if (f.volumeMm3() == 0) {
                return new Rejected(RejectionReason.STRUCTURE_LOST, f.structure().name()
                        + " has no voxel left after registration; compare the live image with the pre-operative one");
            }
        }
        return new Registered(in, prediction, result.box().paste(result.labels()), result.box(), result.entropy(),
                FieldQuality.of(prediction.displacement(), in.inside()), figures, modelTime);
    }

    private Map<Structure, Double> referenceVolumes(Reference reference) {
        Map<Structure, Double> volumes = new LinkedHashMap<>();
        reference.structures().forEach(s -> volumes.put(s, facts(reference).volumeMm3(s)));
        return volumes;
    }

    private static boolean isFlat(Volume mapped) {
        for (float v : mapped.values()) {
            if (v != 0) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Rejected> coverage(MovingSide moving, boolean[] inside) {
        if (moving.share() < MIN_COVERAGE * (1 - RESAMPLING_SLACK)) {
            return Optional.of(new Rejected(RejectionReason.OUTSIDE_WINDOW, String.format(Locale.ROOT,
                    "the structures do not fit into the network's window %s: about %.0f %% of their voxels lie inside, at "
                            + "least %.0f %% are needed; move the region of interest or choose another model package",
                    moving.window(), 100 * moving.share(), 100 * MIN_COVERAGE)));
        }
        double covered = moving.covered(inside);
        return covered >= MIN_COVERAGE
                ? Optional.empty()
                : Optional.of(new Rejected(RejectionReason.NO_OVERLAP, String.format(Locale.ROOT,
                        "the live volume covers %.0f %% of the structures' voxels, at least %.0f %% are needed; check the "
                                + "scan range and the alignment of the procedure",
                        100 * covered, 100 * MIN_COVERAGE)));
    }
}
