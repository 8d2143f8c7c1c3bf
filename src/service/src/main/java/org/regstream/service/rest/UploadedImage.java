package org.regstream.service.rest;

import java.util.List;
import java.util.Optional;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.read.LabelledImage;
import org.regstream.dicom.read.Laterality;
import org.regstream.dicom.read.PatientMark;

/**
 * A pre-operative image as it was sent.
 *
 * @param volume              intensities, [D, H, W], LPS mm
 * @param labelled            what labels must have been made on to be its own
 * @param side                which its instances say that it shows
 * @param patient             whose it is
 * @param notices             what its sender should know: files that are not used, places that are doubtful
 */
record UploadedImage(Volume volume, LabelledImage labelled, Laterality side, PatientMark patient,
        List<String> notices) {

    UploadedImage {
        notices = List.copyOf(notices);
    }

    /** Its patient space; empty for NIfTI. */
    Optional<String> frameOfReferenceUid() {
        return labelled.frameOfReferenceUid();
    }
}
