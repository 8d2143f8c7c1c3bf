package org.regstream.core.pipeline;

import java.util.Optional;
import org.regstream.core.align.Pose;
import org.regstream.core.volume.Volume;

/**
 * A live volume, and what is known of where the patient lies in it.
 *
 * @param image               [D, H, W], any unit, LPS mm
 * @param frameOfReferenceUid its patient space; empty if nobody names one (NIfTI)
 * @param last                pose of the volume registered before ({@link Placement#pose}): where automatic alignment looks first
 */
public record LiveImage(Volume image, Optional<String> frameOfReferenceUid, Optional<Pose> last) {

    /** Of which nothing is known. */
    public static LiveImage of(Volume image) {
        return new LiveImage(image, Optional.empty(), Optional.empty());
    }
}
