package org.regstream.service.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.regstream.core.assembly.AssembledVolume;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;

/**
 * What a DICOM image came from.
 *
 * @param studyInstanceUid    its study
 * @param frameOfReferenceUid its patient space, empty if it names none
 * @param phase               which volume of its series it is
 * @param headers             its instances without their pixels
 */
record DicomOrigin(String studyInstanceUid, Optional<String> frameOfReferenceUid, String phase,
        List<DicomObject> headers) {

    /** @param headers of the folder the volume was read from; those of other volumes are left out */
    static DicomOrigin of(AssembledVolume volume, List<DicomObject> headers) {
        Set<String> used = Set.copyOf(volume.sliceInstanceUids());
        return new DicomOrigin(volume.studyInstanceUid(), volume.space(), volume.key().phase(),
                headers.stream().filter(header -> used.contains(header.string(Tag.SOP_INSTANCE_UID))).toList());
    }

    DicomOrigin {
        headers = List.copyOf(headers);
    }

    /** Says nothing about the patient. */
    @Override
    public String toString() {
        return "DicomOrigin of " + headers.size() + " instances";
    }
}
