package org.regstream.core.assembly;

import java.time.Instant;
import java.util.List;
import org.regstream.core.assembly.Phases.Placed;
import org.regstream.core.volume.Volume;

/**
 * The slices that one DICOM instance adds to one volume, and what names them. Carries no patient identity. UIDs have up to
 * {@link VolumeKey#MAX_LENGTH} characters.
 *
 * @param sopInstanceUid      of the instance
 * @param studyInstanceUid    of its study
 * @param seriesInstanceUid   of its series
 * @param marks               what may tell it from frames of other volumes of its series
 * @param frameOfReferenceUid the patient space its positions are in; empty if it names none
 * @param acquiredAt          acquisition time as far as the instance tells, else when it was sent
 * @param declaredSlices      slices of the whole volume as the instance declares them, 0 if it does not
 * @param slices              one or more, each [1, H, W] on its own grid (LPS mm), rescaled intensities; the step along k of
 *                            a slice's grid is its normal times its thickness or the spacing it declares
 */
public record Frame(String sopInstanceUid, String studyInstanceUid, String seriesInstanceUid, Marks marks,
        String frameOfReferenceUid, Instant acquiredAt, int declaredSlices, List<Volume> slices) {

    public Frame {
        VolumeKey.requireLength("sopInstanceUid", sopInstanceUid, 1);
        VolumeKey.requireLength("studyInstanceUid", studyInstanceUid, 1);
        VolumeKey.requireLength("seriesInstanceUid", seriesInstanceUid, 1);
        VolumeKey.requireLength("frameOfReferenceUid", frameOfReferenceUid, 0);
        slices = List.copyOf(slices);
        if (slices.isEmpty()) {
            throw new IllegalArgumentException("a frame must hold at least one slice");
        }
        for (Volume slice : slices) {
            if (slice.grid().depth() != 1) {
                throw new IllegalArgumentException("slices must be [1, H, W], got " + slice.grid());
            }
        }
    }

    /** @return its series and all its marks; the volume that it ends up in may have fewer of them */
    public VolumeKey key() {
        return new VolumeKey(seriesInstanceUid, marks.phase());
    }

    /** Its slices, and what they say of their volume. */
    List<Placed> placed() {
        return slices.stream().map(slice -> new Placed(slice.grid(), marks)).toList();
    }

    /** @param sentAt when it was sent: a scanner whose clock runs ahead must not make its images young for ever
     *  @return the same, acquired then at the latest */
    public Frame acquiredNotAfter(Instant sentAt) {
        return acquiredAt.isAfter(sentAt)
                ? new Frame(sopInstanceUid, studyInstanceUid, seriesInstanceUid, marks, frameOfReferenceUid, sentAt,
                        declaredSlices, slices)
                : this;
    }
}
