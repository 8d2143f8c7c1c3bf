package org.regstream.dicom.read;

import java.util.List;
import org.regstream.core.DecodeException;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;

/**
 * Where the attributes of one frame are: in an item of a functional group sequence, the frame's own before the shared one; in
 * a single-frame instance in the data set itself. Thread-safe.
 */
final class FunctionalGroups {
    private final DicomObject dicom;
    private final DicomObject shared;
    private final List<DicomObject> perFrame;

    /** @throws DecodeException if an instance of several frames does not say where each of them is */
    FunctionalGroups(DicomObject dicom, int frames) {
        this.dicom = dicom;
        this.shared = dicom.item(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE).orElse(dicom);
        this.perFrame = dicom.sequence(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
        if (perFrame.size() != frames && (frames > 1 || !perFrame.isEmpty())) {
            throw new DecodeException(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE + " must have an item for each of "
                    + frames + " frames, got " + perFrame.size()
                    + "; send single-frame or enhanced multi-frame images");
        }
    }

    boolean isEnhanced() {
        return !perFrame.isEmpty();
    }

    /** @return the object that holds the attributes of a group for one frame; the data set itself if there is no such group */
    DicomObject group(Tag sequence, int frame) {
        if (!isEnhanced()) {
            return dicom;
        }
        return perFrame.get(frame).item(sequence).or(() -> shared.item(sequence)).orElse(dicom);
    }
}
