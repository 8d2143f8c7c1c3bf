package org.regstream.dicom.write;

import java.util.ArrayList;
import java.util.List;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;

/**
 * The identifiers of one segmentation, all derived.
 *
 * @param instance   follows from the source instances, the phase, the model and the result kind
 * @param series     the same for all volumes of a source series
 * @param dimensions of the dimension organisation
 */
record SegmentationUids(String instance, String series, String dimensions) {

    /** @param sources in the one order that does not depend on their arrival */
    static SegmentationUids of(List<DicomObject> sources, String phase, SegmentationAlgorithm algorithm) {
        List<String> common = new ArrayList<>(List.of(algorithm.modelDigest(), algorithm.resultKind()));
        common.addAll(algorithm.furtherInputs());
        List<String> ofSeries = new ArrayList<>(common);
        ofSeries.add(sources.get(0).string(Tag.SERIES_INSTANCE_UID));
        List<String> ofInstance = new ArrayList<>(common);
        ofInstance.add(phase);
        sources.forEach(source -> ofInstance.add(source.string(Tag.SOP_INSTANCE_UID)));
        return new SegmentationUids(DerivedUid.of("segmentation", ofInstance),
                DerivedUid.of("segmentation series", ofSeries), DerivedUid.of("segmentation dimensions", ofInstance));
    }
}
