package org.regstream.service.publish;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.write.DicomWriter;
import org.regstream.dicom.write.MapQuantity;
import org.regstream.dicom.write.ParametricMapWriter;
import org.regstream.dicom.write.SegmentationAlgorithm;
import org.regstream.dicom.write.SegmentationType;
import org.regstream.service.line.EncodedLabels;
import org.regstream.service.line.EncodedMap;
import org.regstream.service.line.HeldFrame;
import org.regstream.service.line.KnownProcedure;

/**
 * What the DICOM objects of one result share; their identifiers follow from it.
 *
 * @param known     the procedure
 * @param sources   headers of the live instances, in slice order
 * @param phase     which volume of the series
 * @param algorithm what made the result
 */
record ResultObjects(KnownProcedure known, List<DicomObject> sources, String phase, SegmentationAlgorithm algorithm) {

    /** @param digest  SHA-256 of the graph that made the result
     *  @param network {@code student} or {@code ensemble} */
    static ResultObjects of(KnownProcedure known, Complete<HeldFrame> live, ModelManifest manifest, String digest,
            String network) {
        return new ResultObjects(known, sources(live), live.volume().key().phase(),
                new SegmentationAlgorithm(manifest.id(), digest, network, List.of(known.id(), known.digest())));
    }

    /** One header an instance, whatever the order of arrival: the same volume gives the same object. */
    private static List<DicomObject> sources(Complete<HeldFrame> live) {
        Map<String, DicomObject> byInstance = new HashMap<>();
        live.tokens().forEach(f -> byInstance.putIfAbsent(f.header().string(Tag.SOP_INSTANCE_UID), f.header()));
        return live.volume().sliceInstanceUids().stream().distinct().map(byInstance::get).toList();
    }

    EncodedLabels labels(LabelMap labels, SegmentationType type) {
        DicomObject dicom = type.dataSet(labels, known.procedure().reference().structures(), sources,
                phase, algorithm);
        return new EncodedLabels(dicom.string(Tag.SOP_INSTANCE_UID), DicomWriter.write(dicom));
    }

    EncodedMap map(String name, Volume map, MapQuantity quantity) {
        DicomObject dicom = ParametricMapWriter.dataSet(map, quantity, sources, phase, algorithm);
        return new EncodedMap(name, dicom.string(Tag.SOP_INSTANCE_UID), DicomWriter.write(dicom));
    }
}
