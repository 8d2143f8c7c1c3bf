package org.regstream.dicom.write;

import java.util.ArrayList;
import java.util.List;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;

/**
 * The identifiers of one segmentation, all derived.
 *
 * @param instance   follows from the source instances, the model and the result kind
 * @param series     the same for all volumes of a source series
 * @param dimensions of the dimension organisation
 */
record SegmentationUids(String instance, String series, String dimensions) {

    static SegmentationUids of(List<DicomObject> sources, SegmentationAlgorithm algorithm) {
        List<String> common = new ArrayList<>(List.of(algorithm.modelDigest(), algorithm.resultKind()));
        common.addAll(algorithm.furtherInputs());
        List<String> ofSeries = new ArrayList<>(common);
        ofSeries.add(sources.get(0).string(Tag.SERIES_INSTANCE_UID));
        List<String> ofInstance = new ArrayList<>(common);
        sources.stream().map(source -> source.string(Tag.SOP_INSTANCE_UID)).sorted().forEach(ofInstance::add);
        return new SegmentationUids(DerivedUid.of("segmentation", ofInstance),
                DerivedUid.of("segmentation series", ofSeries), DerivedUid.of("segmentation dimensions", ofInstance));
    }
}
