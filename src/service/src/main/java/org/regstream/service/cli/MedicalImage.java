package org.regstream.service.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.read.Laterality;

/**
 * An image from disk.
 *
 * @param source the NIfTI file or DICOM folder
 * @param volume intensities, [D, H, W], any unit, LPS mm
 * @param dicom  the instances of a DICOM series; empty for NIfTI
 */
record MedicalImage(Path source, Volume volume, Optional<DicomOrigin> dicom) {

    /** The patient space of a DICOM series; empty for NIfTI. */
    Optional<String> frameOfReferenceUid() {
        return dicom.map(DicomOrigin::frameOfReferenceUid);
    }

    /** Which side of the patient a DICOM series says that it shows. */
    Laterality side() {
        return dicom.map(origin -> Laterality.of(origin.headers())).orElse(Laterality.UNTOLD);
    }

    /** The last part of the path: what reports call the image. */
    String name() {
        return source.getFileName().toString();
    }

    /** Whether both say that they are in the same patient space. */
    boolean sharesSpaceWith(MedicalImage other) {
        return frameOfReferenceUid().isPresent() && frameOfReferenceUid().equals(other.frameOfReferenceUid());
    }
}
