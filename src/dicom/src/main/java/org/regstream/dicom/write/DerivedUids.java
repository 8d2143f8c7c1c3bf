package org.regstream.dicom.write;

import java.util.ArrayList;
import java.util.List;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;

/**
 * The identifiers of one derived object.
 *
 * @param instance   follows from the kind, the source instances, the phase, the model, the result kind and its further inputs
 * @param series     the same for all volumes of a source series
 * @param dimensions of the dimension organisation
 */
record DerivedUids(String instance, String series, String dimensions) {

    /** @param kind    what is derived, such as {@code segmentation}
     *  @param sources in the one order that does not depend on their arrival */
    static DerivedUids of(String kind, List<DicomObject> sources, String phase, SegmentationAlgorithm algorithm) {
        List<String> common = new ArrayList<>(List.of(algorithm.modelDigest(), algorithm.resultKind()));
        common.addAll(algorithm.furtherInputs());
        List<String> ofSeries = new ArrayList<>(common);
        ofSeries.add(sources.get(0).string(Tag.SERIES_INSTANCE_UID));
        List<String> ofInstance = new ArrayList<>(common);
        ofInstance.addAll(algorithm.ofVolume());
        ofInstance.add(phase);
        sources.forEach(source -> ofInstance.add(source.string(Tag.SOP_INSTANCE_UID)));
        return new DerivedUids(DerivedUid.of(kind, ofInstance), DerivedUid.of(kind + " series", ofSeries),
                DerivedUid.of(kind + " dimensions", ofInstance));
    }
}
