package org.regstream.dicom.read;

import java.util.Optional;
import org.regstream.core.DecodeException;
import org.regstream.core.assembly.AssembledVolume;
import org.regstream.core.geometry.Grid;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;

/**
 * The image that labels were made on.
 *
 * @param grid                of the image
 * @param studyInstanceUid    empty where the image does not say (NIfTI)
 * @param frameOfReferenceUid likewise
 */
public record LabelledImage(Grid grid, Optional<String> studyInstanceUid, Optional<String> frameOfReferenceUid) {

    /** An image that says only where its voxels are. */
    public static LabelledImage of(Grid grid) {
        return new LabelledImage(grid, Optional.empty(), Optional.empty());
    }

    public static LabelledImage of(AssembledVolume volume) {
        return new LabelledImage(volume.volume().grid(), Optional.of(volume.studyInstanceUid()), volume.space());
    }

    /** @throws DecodeException if an object says that it belongs to another image, whatever its grid */
    void requireOwn(DicomObject labels) {
        requireSame("study", studyInstanceUid, labels.optionalString(Tag.STUDY_INSTANCE_UID));
        requireSame("frame of reference", frameOfReferenceUid, labels.optionalString(Tag.FRAME_OF_REFERENCE_UID));
    }

    private static void requireSame(String what, Optional<String> image, Optional<String> labels) {
        if (image.isPresent() && labels.isPresent() && !image.equals(labels)) {
            throw new DecodeException("the segmentation is of " + what + " " + labels.get() + ", the image of "
                    + image.get() + "; give the segmentation of this image, or, if they do belong together, export both"
                    + " anew or convert the labels to NIfTI");
        }
    }
}
