package org.regstream.service.publish;

import java.util.Arrays;
import java.util.List;
import org.regstream.core.ConfigurationException;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.pipeline.Assessed;
import org.regstream.core.pipeline.UncertaintyMaps;
import org.regstream.dicom.write.SegmentationType;
import org.regstream.service.line.AssessmentEncoder;
import org.regstream.service.line.EncodedAssessment;
import org.regstream.service.line.EncodedMap;
import org.regstream.service.line.HeldFrame;
import org.regstream.service.line.KnownProcedure;
import org.regstream.service.line.ReliabilityMap;

/**
 * The ensemble's labels as a DICOM Segmentation, its maps of reliability as Parametric Maps and its field as a Deformable
 * Spatial Registration, whose identifiers follow from live instances, ensemble and procedure. Maps cover the box of the live volume that the network's window reaches.
 */
public final class AssessmentObjects implements AssessmentEncoder {

    private final ModelManifest manifest;
    private final String digest;
    private final SegmentationType type;

    /** @param manifest of a package with an ensemble
     *  @param type     how labels are written */
    public AssessmentObjects(ModelManifest manifest, SegmentationType type) {
        this.manifest = manifest;
        this.type = type;
        this.digest = manifest.ensembleDigest().orElseThrow(
                () -> new ConfigurationException("model " + manifest.id() + " has no ensemble to encode results of"));
    }

    @Override
    public EncodedAssessment encode(KnownProcedure known, Complete<HeldFrame> live, Assessed assessed) {
        ResultObjects objects = ResultObjects.of(known, live, assessed.overlay(), manifest, digest, "ensemble");
        return new EncodedAssessment(objects.labels(assessed.overlay(), type), maps(assessed.maps(), objects),
                objects.displacement(assessed.choice().field(), assessed.placement(),
                        live.volume().frameOfReferenceUid()));
    }

    private List<EncodedMap> maps(UncertaintyMaps maps, ResultObjects objects) {
        return Arrays.stream(ReliabilityMap.values()).map(map -> objects.map(map, maps)).toList();
    }
}
