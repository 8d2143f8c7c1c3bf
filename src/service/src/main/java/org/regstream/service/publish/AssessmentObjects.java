package org.regstream.service.publish;

import java.util.List;
import org.regstream.core.ConfigurationException;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.pipeline.Assessed;
import org.regstream.core.pipeline.UncertaintyMaps;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.write.DicomWriter;
import org.regstream.dicom.write.MapQuantity;
import org.regstream.dicom.write.ParametricMapWriter;
import org.regstream.dicom.write.SegmentationAlgorithm;
import org.regstream.dicom.write.SegmentationWriter;
import org.regstream.service.line.AssessmentEncoder;
import org.regstream.service.line.EncodedAssessment;
import org.regstream.service.line.EncodedLabels;
import org.regstream.service.line.EncodedMap;
import org.regstream.service.line.HeldFrame;
import org.regstream.service.line.KnownProcedure;

/**
 * The ensemble's labels as a DICOM Segmentation and its uncertainty as four Parametric Maps, whose identifiers follow from live
 * instances, ensemble and procedure. Maps cover the box of the live volume that the network's window reaches.
 */
public final class AssessmentObjects implements AssessmentEncoder {

    private final ModelManifest manifest;
    private final String digest;

    /** @param manifest of a package with an ensemble */
    public AssessmentObjects(ModelManifest manifest) {
        this.manifest = manifest;
        this.digest = manifest.ensembleDigest().orElseThrow(
                () -> new ConfigurationException("model " + manifest.id() + " has no ensemble to encode results of"));
    }

    @Override
    public EncodedAssessment encode(KnownProcedure known, Complete<HeldFrame> live, Assessed assessed) {
        SegmentationAlgorithm algorithm = new SegmentationAlgorithm(manifest.id(), digest, "ensemble",
                List.of(known.id(), known.digest()));
        List<DicomObject> sources = SegmentationEncoder.sources(live);
        String phase = live.volume().key().phase();
        DicomObject labels = SegmentationWriter.dataSet(assessed.labels(),
                known.procedure().reference().structures(), sources, phase, algorithm);
        MapWriter writer = (name, map, quantity) -> {
            DicomObject dicom = ParametricMapWriter.dataSet(map, quantity, sources, phase, algorithm);
            return new EncodedMap(name, dicom.string(Tag.SOP_INSTANCE_UID), DicomWriter.write(dicom));
        };
        return new EncodedAssessment(
                new EncodedLabels(labels.string(Tag.SOP_INSTANCE_UID), DicomWriter.write(labels)),
                maps(assessed.maps(), writer));
    }

    @FunctionalInterface
    private interface MapWriter {
        EncodedMap write(String name, Volume map, MapQuantity quantity);
    }

    private List<EncodedMap> maps(UncertaintyMaps maps, MapWriter writer) {
        int labels = manifest.channels();
        return List.of(writer.write("label-entropy", maps.labelEntropy(), MapQuantity.labelEntropy(labels)),
                writer.write("mutual-information", maps.mutualInformation(), MapQuantity.mutualInformation(labels)),
                writer.write("displacement-spread", maps.displacementSpreadMm(), MapQuantity.displacementSpread()),
                writer.write("predictive-uncertainty", maps.predictiveUncertainty(),
                        MapQuantity.predictiveUncertainty()));
    }
}
