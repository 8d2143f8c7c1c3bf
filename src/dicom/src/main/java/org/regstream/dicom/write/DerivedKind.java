package org.regstream.dicom.write;

import org.regstream.dicom.SopClass;

/**
 * One kind of object we derive from a live series.
 *
 * @param name               keeps its identifiers apart from those of other kinds
 * @param sopClass           its unique identifier
 * @param modality           as the standard wants it for this kind
 * @param seriesNumberOffset keeps derived series behind those of the scanner in a sorted list, and apart from each other
 * @param title              what its series is called, before the result kind
 * @param description        what its content is, at most 64 characters
 */
record DerivedKind(String name, String sopClass, String modality, int seriesNumberOffset, String title,
        String description) {

    /** Of each segment its description says whether it was carried or refined. */
    private static final String LABELS = "Pre-operative structures on the live image";

    static final DerivedKind SEGMENTATION = new DerivedKind("segmentation", SopClass.SEGMENTATION_STORAGE, "SEG", 1000,
            "labels", LABELS);

    static final DerivedKind LABEL_MAP_SEGMENTATION = new DerivedKind("label map segmentation",
            SopClass.LABEL_MAP_SEGMENTATION_STORAGE, "SEG", 4000, "label map", LABELS);

    static final DerivedKind DEFORMABLE_REGISTRATION = new DerivedKind("deformable registration",
            SopClass.DEFORMABLE_SPATIAL_REGISTRATION_STORAGE, "REG", 3000, "displacement",
            "Live to pre-operative patient space");

    static final DerivedKind SPATIAL_REGISTRATION = new DerivedKind("spatial registration",
            SopClass.SPATIAL_REGISTRATION_STORAGE, "REG", 5000, "pose",
            "Pre-operative to live patient space");

    /** @param modality of the source images: the standard wants theirs */
    static DerivedKind parametricMap(MapQuantity quantity, String modality) {
        return new DerivedKind("parametric map of " + quantity.code().value(), SopClass.PARAMETRIC_MAP_STORAGE,
                modality, 2000, quantity.code().meaning(), quantity.explanation());
    }
}
