package org.regstream.core.pipeline;

import java.util.Optional;
import org.regstream.core.align.Aligned;
import org.regstream.core.align.Aligner;
import org.regstream.core.align.AlignmentOutcome;
import org.regstream.core.align.Mirrored;
import org.regstream.core.align.NotAligned;
import org.regstream.core.align.Pyramid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.procedure.Alignment;
import org.regstream.core.procedure.Reference;

/** Lays a network's windows over both images, as the procedure says or as the images show. Safe for concurrent procedures. */
final class Placer {

    private final ModelGrid window;
    private final PerReference<Aligner> aligners = new PerReference<>();

    Placer(ModelGrid window) {
        this.window = window;
    }

    /** @param middle of the region to register, LPS mm of the pre-operative image */
    Placing place(Reference reference, LiveImage live, Vector3 middle) {
        if (reference.alignment() != Alignment.AUTOMATIC) {
            return Placement.of(window, live.image().grid(), reference, middle);
        }
        AlignmentOutcome outcome = align(reference, live);
        if (outcome instanceof Aligned aligned && !aligned.isAsHeadersSay()) {
            return Placement.found(window, reference.image().grid(), middle, aligned);
        }
        if (outcome instanceof Mirrored mirrored) {
            return new Rejected(RejectionReason.MIRRORED, mirrored.explanation());
        }
        if (outcome instanceof NotAligned not && !reference.sharesSpaceWith(live.frameOfReferenceUid())) {
            return new Rejected(RejectionReason.NOT_ALIGNED, not.explanation());
        }
        return Placement.of(window, live.image().grid(), reference, middle).after(outcome);
    }

    private AlignmentOutcome align(Reference reference, LiveImage live) {
        Aligner aligner = aligner(reference);
        return live.last().map(pose -> aligner.track(live.image(), pose)).orElseGet(() -> aligner.align(live.image()));
    }

    private Aligner aligner(Reference reference) {
        return aligners.get(reference, r -> new Aligner(Pyramid.of(r.seenByAlignment())));
    }
}
