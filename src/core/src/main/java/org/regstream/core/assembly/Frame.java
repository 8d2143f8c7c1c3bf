package org.regstream.core.assembly;

import java.time.Instant;
import java.util.List;
import org.regstream.core.volume.Volume;

/**
 * The slices that one DICOM instance adds to one volume, and what names them. Carries no patient identity. UIDs have up to
 * {@link VolumeKey#MAX_LENGTH} characters.
 *
 * @param sopInstanceUid      of the instance
 * @param studyInstanceUid    of its study
 * @param key                 the volume it belongs to
 * @param frameOfReferenceUid the patient space its positions are in
 * @param acquiredAt          acquisition time as far as the instance tells, else when it was sent
 * @param declaredSlices      slices of the whole volume as the instance declares them, 0 if it does not
 * @param slices              one or more, each [1, H, W] on its own grid (LPS mm), rescaled intensities; the step along k of
 *                            a slice's grid is its normal times its thickness or the spacing it declares
 */
public record Frame(String sopInstanceUid, String studyInstanceUid, VolumeKey key, String frameOfReferenceUid,
        Instant acquiredAt, int declaredSlices, List<Volume> slices) {

    public Frame {
        VolumeKey.requireLength("sopInstanceUid", sopInstanceUid, 1);
        VolumeKey.requireLength("studyInstanceUid", studyInstanceUid, 1);
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

    /** @param sentAt when it was sent: a scanner whose clock runs ahead must not make its images young for ever
     *  @return the same, acquired then at the latest */
    public Frame acquiredNotAfter(Instant sentAt) {
        return acquiredAt.isAfter(sentAt)
                ? new Frame(sopInstanceUid, studyInstanceUid, key, frameOfReferenceUid, sentAt, declaredSlices, slices)
                : this;
    }
}
