package org.regstream.service.publish;

import java.util.List;
import org.regstream.core.ConfigurationException;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.pipeline.Assessed;
import org.regstream.core.pipeline.UncertaintyMaps;
import org.regstream.dicom.write.MapQuantity;
import org.regstream.dicom.write.SegmentationType;
import org.regstream.service.line.AssessmentEncoder;
import org.regstream.service.line.EncodedAssessment;
import org.regstream.service.line.EncodedMap;
import org.regstream.service.line.HeldFrame;
import org.regstream.service.line.KnownProcedure;

/**
 * The ensemble's labels as a DICOM Segmentation, its uncertainty as four Parametric Maps and its mean field as a Deformable
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
        ResultObjects objects = ResultObjects.of(known, live, manifest, digest, "ensemble");
        return new EncodedAssessment(objects.labels(assessed.labels(), type), maps(assessed.maps(), objects),
                objects.displacement(assessed.prediction().displacement(), assessed.placement(),
                        live.volume().frameOfReferenceUid()));
    }

    private List<EncodedMap> maps(UncertaintyMaps maps, ResultObjects objects) {
        int labels = manifest.channels();
        return List.of(objects.map("label-entropy", maps.labelEntropy(), MapQuantity.labelEntropy(labels)),
                objects.map("mutual-information", maps.mutualInformation(), MapQuantity.mutualInformation(labels)),
                objects.map("displacement-spread", maps.displacementSpreadMm(), MapQuantity.displacementSpread()),
                objects.map("predictive-uncertainty", maps.predictiveUncertainty(),
                        MapQuantity.predictiveUncertainty()));
    }
}
