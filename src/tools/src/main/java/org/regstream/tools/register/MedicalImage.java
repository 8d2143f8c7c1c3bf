package org.regstream.tools.register;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.read.LabelledImage;
import org.regstream.dicom.read.Laterality;

/**
 * An image from disk.
 *
 * @param source the file or folder
 * @param volume intensities, [D, H, W], any unit, LPS mm
 * @param dicom  the instances of a DICOM series; empty for NIfTI
 * @param notices what whoever gave it should know: files that are not used, places that are doubtful
 */
public record MedicalImage(Path source, Volume volume, Optional<DicomOrigin> dicom, List<String> notices) {

    public MedicalImage {
        notices = List.copyOf(notices);
    }

    /** The patient space of a DICOM series that names one; empty for NIfTI. */
    Optional<String> frameOfReferenceUid() {
        return dicom.flatMap(DicomOrigin::frameOfReferenceUid);
    }

    /** What labels must have been made on to be its own. */
    LabelledImage labelled() {
        return new LabelledImage(volume.grid(), dicom.map(DicomOrigin::studyInstanceUid), frameOfReferenceUid());
    }

    /** Which side of the patient a DICOM series says that it shows. */
    Laterality side() {
        return dicom.map(origin -> Laterality.of(origin.headers())).orElse(Laterality.UNTOLD);
    }

    /** The last part of the path: what reports call the image. */
    public String name() {
        return source.getFileName().toString();
    }

    /** Whether both say that they are in the same patient space. */
    boolean sharesSpaceWith(MedicalImage other) {
        return frameOfReferenceUid().isPresent() && frameOfReferenceUid().equals(other.frameOfReferenceUid());
    }
}
