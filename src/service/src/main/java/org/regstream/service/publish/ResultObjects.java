package org.regstream.service.publish;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.line.EncodedMap;
import org.regstream.core.line.EncodedObject;
import org.regstream.core.line.Network;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.pipeline.Overlay;
import org.regstream.core.pipeline.Placement;
import org.regstream.core.pipeline.ReliabilityMap;
import org.regstream.core.pipeline.Seen;
import org.regstream.core.pipeline.UncertaintyMaps;
import org.regstream.core.volume.DisplacementField;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.write.DeformableRegistrationWriter;
import org.regstream.dicom.write.DerivedUid;
import org.regstream.dicom.write.DicomWriter;
import org.regstream.dicom.write.MapQuantity;
import org.regstream.dicom.write.ParametricMapWriter;
import org.regstream.dicom.write.PreoperativeSpace;
import org.regstream.dicom.write.SegmentationAlgorithm;
import org.regstream.dicom.write.SegmentationType;
import org.regstream.dicom.write.SpatialRegistrationWriter;
import org.regstream.service.line.HeldFrame;
import org.regstream.service.line.KnownProcedure;
import org.regstream.wire.LabelOrigin;

/**
 * What the DICOM objects of one result share; their identifiers follow from it.
 *
 * @param known     the procedure
 * @param sources   headers of the live instances, in slice order
 * @param phase     which volume of the series
 * @param algorithm what made the result
 */
record ResultObjects(KnownProcedure known, List<DicomObject> sources, String phase, SegmentationAlgorithm algorithm) {

    static ResultObjects of(KnownProcedure known, Complete<HeldFrame> live, Seen seen, ModelManifest manifest,
            Network network) {
        return new ResultObjects(known, sources(live), live.volume().key().phase(),
                new SegmentationAlgorithm(manifest.id(), EventFactory.digest(manifest, network), network.word(),
                        List.of(known.id(), known.digest()))
                        .ofVolume(LabelOrigin.furtherInputs(seen.overlay().choice(), seen.placement())));
    }

    /** One header an instance, whatever the order of arrival: the same volume gives the same object. */
    private static List<DicomObject> sources(Complete<HeldFrame> live) {
        Map<String, DicomObject> byInstance = new HashMap<>();
        live.tokens().forEach(f -> byInstance.putIfAbsent(f.header().string(Tag.SOP_INSTANCE_UID), f.header()));
        return live.volume().sliceInstanceUids().stream().distinct().map(byInstance::get).toList();
    }

    /** They say of each structure how its labels came about. */
    EncodedObject labels(Overlay overlay, SegmentationType type) {
        DicomObject dicom = type.dataSet(overlay.labels(), known.procedure().reference().structures(), sources,
                phase, LabelOrigin.describing(algorithm, overlay));
        return encoded(dicom);
    }

    EncodedMap map(ReliabilityMap map, UncertaintyMaps maps) {
        int labels = known.procedure().reference().structures().size() + 1;
        DicomObject dicom = ParametricMapWriter.dataSet(map.of(maps), MapQuantity.of(map, labels), sources, phase,
                algorithm);
        return new EncodedMap(map.word(), encoded(dicom));
    }

    /** The field as a Deformable Spatial Registration. @param u on {@code space.placement().fixedWindow()} */
    EncodedObject displacement(DisplacementField u, PreoperativeSpace space) {
        return encoded(DeformableRegistrationWriter.dataSet(u, space, sources, phase, algorithm));
    }

    /** The pose before it as a Spatial Registration. */
    EncodedObject pose(PreoperativeSpace space) {
        return encoded(SpatialRegistrationWriter.dataSet(space, sources, phase, algorithm));
    }

    /**
     * What is laid over the live image. A pre-operative image without a frame of reference gets one that follows from the procedure.
     *
     * @param liveSpace frame of reference of the live volume
     * @return empty if both images are in one frame of reference: DICOM then tells them apart by their instances, which a procedure
     *         does not keep
     */
    Optional<PreoperativeSpace> preoperative(Placement placement, String liveSpace) {
        String space = known.procedure().reference().frameOfReferenceUid()
                .orElseGet(() -> DerivedUid.of("frame of reference", List.of(known.digest())));
        return space.equals(liveSpace)
                ? Optional.empty()
                : Optional.of(new PreoperativeSpace(space, List.of(), placement));
    }

    private static EncodedObject encoded(DicomObject dicom) {
        return new EncodedObject(dicom.string(Tag.STUDY_INSTANCE_UID), dicom.string(Tag.SERIES_INSTANCE_UID),
                dicom.string(Tag.SOP_INSTANCE_UID), DicomWriter.write(dicom));
    }
}
