package org.regstream.service.publish;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.pipeline.Registered;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.write.DicomWriter;
import org.regstream.dicom.write.SegmentationAlgorithm;
import org.regstream.dicom.write.SegmentationWriter;
import org.regstream.service.line.EncodedLabels;
import org.regstream.service.line.HeldFrame;
import org.regstream.service.line.KnownProcedure;
import org.regstream.service.line.LabelsEncoder;

/** Labels as a DICOM Segmentation whose identifiers follow from live instances, network and procedure. */
public final class SegmentationEncoder implements LabelsEncoder {

    private final ModelManifest manifest;

    public SegmentationEncoder(ModelManifest manifest) {
        this.manifest = manifest;
    }

    @Override
    public EncodedLabels encode(KnownProcedure known, Complete<HeldFrame> live, Registered registered) {
        SegmentationAlgorithm algorithm = new SegmentationAlgorithm(manifest.id(), manifest.digest(), "student",
                List.of(known.id(), known.digest()));
        DicomObject segmentation = SegmentationWriter.dataSet(registered.labels(),
                known.procedure().reference().structures(), sources(live), live.volume().key().phase(), algorithm);
        return new EncodedLabels(segmentation.string(Tag.SOP_INSTANCE_UID), DicomWriter.write(segmentation));
    }

    /** One header an instance, in slice order, whatever the order of arrival: the same volume gives the same object. */
    static List<DicomObject> sources(Complete<HeldFrame> live) {
        Map<String, DicomObject> byInstance = new HashMap<>();
        live.tokens().forEach(f -> byInstance.putIfAbsent(f.header().string(Tag.SOP_INSTANCE_UID), f.header()));
        return live.volume().sliceInstanceUids().stream().distinct().map(byInstance::get).toList();
    }
}
