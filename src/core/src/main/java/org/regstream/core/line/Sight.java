package org.regstream.core.line;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regstream.core.alert.RegistrationFigures;
import org.regstream.core.align.Motion;
import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.pipeline.AlertFigures;
import org.regstream.core.pipeline.Placement;
import org.regstream.core.pipeline.Seen;
import org.regstream.core.pipeline.StructureAssessment;
import org.regstream.core.quality.FieldQuality;
import org.regstream.core.volume.PixelDigest;

/**
 * What a procedure decides by, of what a network has seen: figures, and no voxel.
 *
 * @param pose       from the live to the pre-operative image, before registration
 * @param middle     of what is registered, LPS mm of the pre-operative image; empty where no image shows how the patient lies, so that the pose is what
 *                   somebody says
 * @param quality    folding and Jacobian figures of the field
 * @param structures in the reference's order; without verdicts of a single network
 * @param labels     size of the labels as they would be published
 * @param others     of what would be published beside them
 * @param pixels     of the live volume, as {@link PixelDigest} has it; empty where another network has told
 */
public record Sight(Pose pose, Optional<Vector3> middle, FieldQuality quality, List<StructureAssessment> structures,
        Size labels, List<Size> others, Optional<Long> pixels) {

    /**
     * Of an object.
     *
     * @param what  a fixed word
     * @param bytes as a DICOM object
     */
    public record Size(String what, int bytes) {

        private static Size of(String what, EncodedObject object) {
            return new Size(what, object.dicom().length);
        }
    }

    public Sight {
        structures = List.copyOf(structures);
        others = List.copyOf(others);
    }

    static Sight of(Seen seen, EncodedResult objects, Optional<Long> pixels) {
        List<Size> others = new ArrayList<>();
        objects.maps().forEach(map -> others.add(Size.of(map.quantity(), map.object())));
        objects.displacement().ifPresent(field -> others.add(Size.of("field", field)));
        objects.pose().ifPresent(pose -> others.add(Size.of("pose", pose)));
        return new Sight(seen.placement().pose(), middle(seen.placement()), seen.overlay().quality(),
                seen.assessments(), Size.of("labels", objects.labels()), others, pixels);
    }

    private static Optional<Vector3> middle(Placement placement) {
        return switch (placement.basis()) {
            case HEADERS, IMAGES -> Optional.of(placement.movingWindow().centre());
            case PROCEDURE, HEADERS_UNCONFIRMED -> Optional.empty();
        };
    }

    /** How the patient moved since another volume; empty if not both show it. */
    Optional<Motion> since(Sight before) {
        return before.middle.isEmpty()
                ? Optional.empty()
                : middle.map(place -> Motion.between(before.pose, pose, place));
    }

    /** What alerts need to know of it. */
    RegistrationFigures figures(String volumeId, Instant acquiredAt) {
        return AlertFigures.of(volumeId, acquiredAt, quality, structures);
    }
}
