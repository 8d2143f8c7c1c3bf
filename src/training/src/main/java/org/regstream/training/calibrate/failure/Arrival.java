package org.regstream.training.calibrate.failure;

import java.util.Optional;
import org.regstream.core.geometry.Grid;
import org.regstream.core.pipeline.NetworkInput;
import org.regstream.core.pipeline.Placement;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Warp;
import org.regstream.training.data.Sample;
import org.regstream.training.data.SimulatedPair;
import org.regstream.training.evaluate.Padding;
import org.regstream.training.evaluate.Pairing;

/**
 * Both sides of a registration as they arrive, on one window, and what is true of them.
 *
 * @param fixed  the live image; its labels are the true ones: the given labels where the live anatomy shows what they mark
 * @param moving the pre-operative image with the labels that were given
 * @param known  true where the truth is known, [D, H, W]; no other voxel counts. Not to be modified.
 * @param motion the true field, pull, voxels; empty where nobody knows it
 */
public record Arrival(Sample fixed, Sample moving, boolean[] known, Optional<DisplacementField> motion) {

    /** Two people: the truth is the fixed image's labels, inside it. */
    public static Arrival of(Pairing pair) {
        Sample fixed = pair.fixed();
        return new Arrival(fixed, pair.moving().withGrid(fixed.image().grid()), fixed.inside(), Optional.empty());
    }

    /** One patient: the truth is the given labels along the true field (METHODS, One patient). */
    public static Arrival of(SimulatedPair pair) {
        return new Arrival(pair.fixed(), pair.moving(), pair.known(), Optional.of(pair.truth()))
                .withGiven(pair.moving().labels());
    }

    /** As the service hands it on: nothing is left to resample. */
    public NetworkInput input() {
        Grid g = fixed.image().grid();
        return new NetworkInput(new Placement(g, g), fixed.image(), fixed.inside(), moving.image(), moving.inside(),
                moving.labels());
    }

    /** Other labels are given, for the same images. @throws java.util.NoSuchElementException if the motion is not known */
    public Arrival withGiven(LabelMap labels) {
        LabelMap truth = Padding.cleared(Warp.nearest(labels, motion.orElseThrow()), known);
        return withTruth(truth).withMoving(moving.image(), labels, moving.inside());
    }

    /** Other true labels. */
    public Arrival withTruth(LabelMap truth) {
        return new Arrival(new Sample(fixed.name(), fixed.image(), truth, fixed.inside()), moving, known, motion);
    }

    /** Another anatomy on the pre-operative side: the true labels stay, no motion leads there. @param other on the same window */
    public Arrival withMoving(Sample other) {
        return new Arrival(fixed, other, known, Optional.empty());
    }

    /** Another image or other labels of the same anatomy. */
    public Arrival withMoving(Volume image, LabelMap labels, boolean[] inside) {
        return new Arrival(fixed, new Sample(moving.name(), image, labels, inside), known, motion);
    }
}
