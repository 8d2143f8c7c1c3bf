package org.regstream.dicom.write;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.DicomObjectBuilder;
import org.regstream.dicom.Tag;

/**
 * All instances an object refers to, by study and series (PS3.3 section C.12.2): archives move them together. Everything is in
 * the order of its identifiers.
 */
final class References {

    /** Instances by their identifier, by series, by study. */
    private final SortedMap<String, SortedMap<String, SortedMap<String, DicomObject>>> studies = new TreeMap<>();

    private References() {}

    static References of(List<DicomObject> images) {
        References references = new References();
        for (DicomObject image : images) {
            references.studies.computeIfAbsent(image.string(Tag.STUDY_INSTANCE_UID), uid -> new TreeMap<>())
                    .computeIfAbsent(image.string(Tag.SERIES_INSTANCE_UID), uid -> new TreeMap<>())
                    .put(image.string(Tag.SOP_INSTANCE_UID), image);
        }
        return references;
    }

    /** @param own an image of the study the object belongs to */
    void describe(DicomObjectBuilder out, DicomObject own) {
        List<DicomObject> others = new ArrayList<>();
        studies.forEach((study, series) -> {
            if (study.equals(own.string(Tag.STUDY_INSTANCE_UID))) {
                out.items(Tag.REFERENCED_SERIES_SEQUENCE, items(series));
            } else {
                others.add(DicomObject.builder().text(Tag.STUDY_INSTANCE_UID, study)
                        .items(Tag.REFERENCED_SERIES_SEQUENCE, items(series)).build());
            }
        });
        if (!others.isEmpty()) {
            out.items(Tag.STUDIES_CONTAINING_OTHER_REFERENCED_INSTANCES_SEQUENCE, others);
        }
    }

    private static List<DicomObject> items(SortedMap<String, SortedMap<String, DicomObject>> series) {
        List<DicomObject> items = new ArrayList<>();
        series.forEach((uid, instances) -> items.add(DicomObject.builder().text(Tag.SERIES_INSTANCE_UID, uid)
                .items(Tag.REFERENCED_INSTANCE_SEQUENCE, instances.values().stream().map(References::item).toList())
                .build()));
        return items;
    }

    /** @return what names one instance */
    static DicomObject item(DicomObject image) {
        return DicomObject.builder().text(Tag.REFERENCED_SOP_CLASS_UID, image.string(Tag.SOP_CLASS_UID))
                .text(Tag.REFERENCED_SOP_INSTANCE_UID, image.string(Tag.SOP_INSTANCE_UID)).build();
    }
}
