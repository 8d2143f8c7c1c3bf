package org.regstream.core.assembly;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.regstream.core.volume.Volume;

/**
 * A live volume with what names it.
 *
 * @param volumeId            32 hexadecimal digits derived from the key and the instances: the same frames give the same
 *                            id, so a replay is recognised. Says nothing about the patient
 * @param key                 series and phase
 * @param studyInstanceUid    of all its frames
 * @param frameOfReferenceUid of all its frames, empty if they name none
 * @param acquiredFrom        acquisition time of its earliest frame
 * @param acquiredAt          acquisition time of its latest frame, never later than its assembly: age counts from here
 * @param sliceInstanceUids   SOP Instance UID of each slice, in the order of k; an instance of several frames repeats
 * @param volume              intensities, [D, H, W], k along i x j, LPS mm
 */
public record AssembledVolume(String volumeId, VolumeKey key, String studyInstanceUid, String frameOfReferenceUid,
        Instant acquiredFrom, Instant acquiredAt, List<String> sliceInstanceUids, Volume volume) {

    public AssembledVolume {
        sliceInstanceUids = List.copyOf(sliceInstanceUids);
        if (sliceInstanceUids.size() != volume.grid().depth()) {
            throw new IllegalArgumentException("sliceInstanceUids must name each of the " + volume.grid().depth()
                    + " slices, got " + sliceInstanceUids.size());
        }
        if (acquiredFrom.isAfter(acquiredAt)) {
            throw new IllegalArgumentException(
                    "acquiredFrom " + acquiredFrom + " must not be after acquiredAt " + acquiredAt);
        }
    }

    /** The patient space its positions are in; empty if its frames do not name one. */
    public Optional<String> space() {
        return Optional.of(frameOfReferenceUid).filter(uid -> !uid.isEmpty());
    }

    /** Without UIDs: they lead to the patient. */
    @Override
    public String toString() {
        return "AssembledVolume " + volumeId + " " + volume.grid();
    }
}
