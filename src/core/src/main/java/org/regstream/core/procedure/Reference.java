package org.regstream.core.procedure;

import java.util.List;
import java.util.Optional;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.ShapeMismatchException;
import org.regstream.core.volume.Volume;

/**
 * The pre-operative side of an operation: what is warped.
 *
 * @param image      moving image, [D, H, W], any unit: the whole of it, or what lies around the region to register
 * @param overview   where {@code image} is not the whole: more of it, as coarse as alignment looks at it; else empty
 * @param labels     on the same grid; where there is an overview on one of their own in the same space
 * @param structures what the labels are, at least one; no two with the same name or label
 * @param alignment  how it is laid over a live volume
 * @param regionOfInterest middle of the region to register, LPS mm of the image; empty: the middle of the labels' box
 * @param frameOfReferenceUid the patient space of {@code image}; empty if it has none (NIfTI)
 * @param labelSource which labels go out
 */
public record Reference(Volume image, Optional<Volume> overview, LabelMap labels, List<Structure> structures,
        Alignment alignment, Optional<Vector3> regionOfInterest, Optional<String> frameOfReferenceUid,
        LabelSource labelSource) {

    public Reference {
        structures = List.copyOf(structures);
        if (overview.isEmpty() && !image.grid().isSameAs(labels.grid())) {
            throw new ShapeMismatchException(
                    "pre-operative image and labels must share a grid: " + image.grid() + " vs "
                            + labels.grid() + "; resample the labels onto the image (nearest neighbour) first");
        }
        if (structures.isEmpty()) {
            throw new IllegalArgumentException("a reference needs at least one structure");
        }
        if (labels.maxLabel() == 0) {
            throw new IllegalArgumentException("the pre-operative label map is empty: nothing could be shown");
        }
        if (overview.isEmpty()) {
            requireImage(image, labels);
        }
        Structure.requireDistinct(structures);
        for (Structure s : structures) {
            if (labels.count(s.label()) == 0) {
                throw new IllegalArgumentException(
                        "the pre-operative label map has no voxel of label " + s.label() + " ("
                                + s.name() + "); give the structures that the map holds");
            }
        }
    }

    private static void requireImage(Volume image, LabelMap labels) {
        float[] values = image.values();
        for (int x = 0; x < values.length; x++) {
            if (labels.labels()[x] != 0 && Float.isFinite(values[x])) {
                return;
            }
        }
        throw new IllegalArgumentException(
                "the pre-operative image has no intensity under any label, only padding or what"
                        + " is not a number; check the image, or its padding value");
    }

    /** A whole image, whose labels are carried. */
    public Reference(Volume image, LabelMap labels, List<Structure> structures, Alignment alignment,
            Optional<Vector3> regionOfInterest, Optional<String> frameOfReferenceUid) {
        this(image, Optional.empty(), labels, structures, alignment, regionOfInterest, frameOfReferenceUid,
                LabelSource.CARRIED);
    }

    /** Whether patient coordinates mean the same in both images. @param liveSpace of a live volume; empty if nobody names one */
    public boolean sharesSpaceWith(Optional<String> liveSpace) {
        return frameOfReferenceUid.isPresent() && frameOfReferenceUid.equals(liveSpace);
    }

    public Reference withLabelSource(LabelSource other) {
        return new Reference(image, overview, labels, structures, alignment, regionOfInterest, frameOfReferenceUid,
                other);
    }

    /** What alignment looks at: the overview, or the whole image. */
    public Volume seenByAlignment() {
        return overview.orElse(image);
    }
}
