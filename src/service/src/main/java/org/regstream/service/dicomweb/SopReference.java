package org.regstream.service.dicomweb;

import java.util.Optional;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;

/**
 * What names an instance in a response.
 *
 * @param sopClass    digits and points
 * @param sopInstance digits and points
 */
record SopReference(String sopClass, String sopInstance) {

    private static final String UID = "[0-9.]{1,64}";

    /** @return empty if class or instance are missing or no identifiers */
    static Optional<SopReference> of(DicomObject dicom) {
        return of(dicom, Tag.SOP_CLASS_UID, Tag.SOP_INSTANCE_UID)
                .or(() -> of(dicom, Tag.MEDIA_STORAGE_SOP_CLASS_UID, Tag.MEDIA_STORAGE_SOP_INSTANCE_UID));
    }

    private static Optional<SopReference> of(DicomObject dicom, Tag sopClass, Tag sopInstance) {
        return uid(dicom, sopClass).flatMap(c -> uid(dicom, sopInstance).map(i -> new SopReference(c, i)));
    }

    private static Optional<String> uid(DicomObject dicom, Tag tag) {
        return dicom.optionalString(tag).filter(uid -> uid.matches(UID));
    }
}
