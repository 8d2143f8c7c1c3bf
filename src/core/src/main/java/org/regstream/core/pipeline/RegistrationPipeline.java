package org.regstream.core.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.regstream.core.ConfigurationException;
import org.regstream.core.ModelException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.IntensityMapping;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.Prediction;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.model.Structure;
import org.regstream.core.procedure.Reference;
import org.regstream.core.quality.FieldQuality;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Resample;

/**
 * From one live volume to warped labels, their entropy and the field's quality, or to the reason why there is no valid
 * registration: lay the network's window over both images, resample each once, predict, bring the labels back to the
 * live grid. Holds no state; safe for concurrent procedures.
 */
public final class RegistrationPipeline {

    /** Share of the structures' voxels that the live volume must cover, and that must fit into the window. */
    static final double MIN_COVERAGE = 0.98;

    private final RegistrationModel model;

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
            if (known.stream().noneMatch(k -> k.label() == s.label() && k.code().equals(s.code()))) {
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
        Placement placement = Placement.of(manifest().grid(), fixed.grid(), reference);
        LabelMap movingLabels = Resample.nearest(reference.labels(), placement.movingWindow());
        boolean[] inside = Resample.inside(fixed.grid(), placement.fixedWindow());
        Optional<Rejected> unfit = coverage(reference, movingLabels, inside);
        if (unfit.isPresent()) {
            return unfit.get();
        }
        Volume mappedFixed = map(fixed, placement.fixedWindow(), inside);
        if (isFlat(mappedFixed)) {
            return new Rejected(RejectionReason.FLAT_IMAGE, "the live image is constant inside the network's window "
                    + placement.fixedWindow() + "; check that the scanner sends image data");
        }
        Volume mappedMoving = map(reference.image(), placement.movingWindow(),
                Resample.inside(reference.image().grid(), placement.movingWindow())).withGrid(placement.fixedWindow());
        LabelProbabilities soft = LabelProbabilities.oneHot(movingLabels.withGrid(placement.fixedWindow()),
                manifest().channels());
        return predict(reference, fixed.grid(), placement, inside, mappedFixed, mappedMoving, soft);
    }

    private RegistrationOutcome predict(Reference reference, Grid live, Placement placement, boolean[] inside,
            Volume fixed, Volume moving, LabelProbabilities movingLabels) {
        Prediction prediction;
        long start = System.nanoTime();
        try {
            prediction = model.predict(fixed, moving, movingLabels);
        } catch (ModelException e) {
            return new Rejected(RejectionReason.MODEL_FAULT, Objects.requireNonNullElse(e.getMessage(), "no message"));
        }
        Duration modelTime = Duration.ofNanos(System.nanoTime() - start);
        LiveGridLabels result = LiveGridLabels.of(prediction.labelProbabilities(), live);
        List<StructureFigures> figures = figures(reference, result);
        for (StructureFigures f : figures) {
            if (f.volumeMm3() == 0) {
                return new Rejected(RejectionReason.STRUCTURE_LOST, f.structure().name()
                        + " has no voxel left after registration; compare the live image with the pre-operative one");
            }
        }
        FieldQuality quality = FieldQuality.of(prediction.displacement(), inside);
        return new Registered(placement, prediction, result.labels(), result.entropy(), quality, figures, modelTime);
    }

    private Volume map(Volume image, Grid window, boolean[] inside) {
        IntensityMapping mapping = manifest().intensity();
        Volume resampled = Resample.linear(image, window, 0);
        return Volume.takeOwnershipOf(window, mapping.apply(resampled.values(), inside));
    }

    private static boolean isFlat(Volume mapped) {
        for (float v : mapped.values()) {
            if (v != 0) {
                return false;
            }
        }
        return true;
    }

    private Optional<Rejected> coverage(Reference reference, LabelMap window, boolean[] inside) {
        double voxelRatio = Math.abs(reference.labels().grid().affine().determinant()
                / window.grid().affine().determinant());
        int labelled = 0;
        int covered = 0;
        byte[] labels = window.labels();
        for (int x = 0; x < labels.length; x++) {
            if (labels[x] != 0) {
                labelled++;
                covered += inside[x] ? 1 : 0;
            }
        }
        double expected = labelledVoxels(reference) * voxelRatio;
        if (labelled < MIN_COVERAGE * expected * (1 - RESAMPLING_SLACK)) {
            return Optional.of(new Rejected(RejectionReason.OUTSIDE_WINDOW, String.format(
                    "the structures do not fit into the network's window %s: about %.0f %% of their voxels lie inside, at "
                            + "least %.0f %% are needed; move the region of interest or choose another model package",
                    window.grid(), 100 * labelled / expected, 100 * MIN_COVERAGE)));
        }
        if (covered < MIN_COVERAGE * labelled) {
            return Optional.of(new Rejected(RejectionReason.NO_OVERLAP, String.format(
                    "the live volume covers %.0f %% of the structures' voxels, at least %.0f %% are needed; check the scan "
                            + "range and the alignment of the procedure",
                    100.0 * covered / labelled, 100 * MIN_COVERAGE)));
        }
        return Optional.empty();
    }

    /** Nearest-neighbour resampling changes a structure's voxel count by a little; the check must not cry wolf for it. */
    private static final double RESAMPLING_SLACK = 0.05;

    private static int labelledVoxels(Reference reference) {
        return reference.labels().grid().size() - reference.labels().count(0);
    }

    private static List<StructureFigures> figures(Reference reference, LiveGridLabels live) {
        double voxelMm3 = Math.abs(live.labels().grid().affine().determinant());
        double referenceVoxelMm3 = Math.abs(reference.labels().grid().affine().determinant());
        List<StructureFigures> figures = new ArrayList<>();
        for (Structure s : reference.structures()) {
            figures.add(new StructureFigures(s, live.labels().count(s.label()) * voxelMm3,
                    reference.labels().count(s.label()) * referenceVoxelMm3, live.meanEntropy(s.label())));
        }
        return figures;
    }
}
