package org.regstream.service.publish;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.line.EncodedMap;
import org.regstream.core.line.EncodedObject;
import org.regstream.core.line.EncodedResult;
import org.regstream.core.line.Network;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.pipeline.ReliabilityMap;
import org.regstream.core.pipeline.Seen;
import org.regstream.dicom.write.PreoperativeSpace;
import org.regstream.dicom.write.SegmentationType;
import org.regstream.service.line.HeldFrame;
import org.regstream.service.line.KnownProcedure;
import org.regstream.service.line.ResultEncoder;

/**
 * Labels as a DICOM Segmentation, their field as a Deformable Spatial Registration; of the student the pose before as a Spatial Registration, of the ensemble maps of reliability as Parametric Maps; identifiers follow
 * from live instances, network and procedure. Maps cover the box of the live volume that the network's window reaches. Thread-safe.
 */
public final class DicomResultEncoder implements ResultEncoder {

    private static final Logger LOG = Logger.getLogger(DicomResultEncoder.class);

    private final ModelManifest manifest;
    private final SegmentationType type;

    /** @param type how labels are written */
    public DicomResultEncoder(ModelManifest manifest, SegmentationType type) {
        this.manifest = manifest;
        this.type = type;
    }

    @Override
    public EncodedResult encode(KnownProcedure known, Complete<HeldFrame> live, Network network, Seen seen) {
        ResultObjects objects = ResultObjects.of(known, live, seen, manifest, network);
        Optional<PreoperativeSpace> space = objects.preoperative(seen.placement(),
                live.volume().frameOfReferenceUid());
        return new EncodedResult(objects.labels(seen.overlay(), type), maps(network, seen, objects),
                space.flatMap(s -> beside("field", known, live,
                        () -> objects.displacement(seen.overlay().choice().field(), s))),
                space.filter(any -> network == Network.STUDENT)
                        .flatMap(s -> beside("pose", known, live, () -> objects.pose(s))));
    }

    private static List<EncodedMap> maps(Network network, Seen seen, ResultObjects objects) {
        return network == Network.STUDENT
                ? List.of()
                : Arrays.stream(ReliabilityMap.values()).map(map -> objects.map(map, seen.overlay().maps().get()))
                        .toList();
    }

    /** Without it the labels are as good as before. */
    private static Optional<EncodedObject> beside(String what, KnownProcedure known, Complete<HeldFrame> live,
            Supplier<EncodedObject> object) {
        try {
            return Optional.of(object.get());
        } catch (RuntimeException e) {
            LOG.errorf(e, "procedure %s: the %s of volume %s is not published", known.id(), what,
                    live.volume().volumeId());
            return Optional.empty();
        }
    }
}
