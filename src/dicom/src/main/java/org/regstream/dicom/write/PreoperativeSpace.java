package org.regstream.dicom.write;

import java.util.List;
import org.regstream.core.pipeline.Placement;
import org.regstream.dicom.DicomObject;

/**
 * The patient space of the pre-operative image, and where it lay on the live one before registration.
 *
 * @param frameOfReferenceUid of the pre-operative image; a derived one if it has none (NIfTI)
 * @param images              headers of the pre-operative image, in any order; empty if it is not DICOM
 * @param placement           how the network's window lay on both images
 */
public record PreoperativeSpace(String frameOfReferenceUid, List<DicomObject> images, Placement placement) {

    public PreoperativeSpace {
        images = List.copyOf(images);
        if (!frameOfReferenceUid.matches("[0-9.]{1,64}")) {
            throw new IllegalArgumentException("a frame of reference must be named by a UID of digits and points");
        }
    }
}
