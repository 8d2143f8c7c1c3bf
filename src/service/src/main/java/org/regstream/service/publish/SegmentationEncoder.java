package org.regstream.service.publish;

import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.pipeline.Registered;
import org.regstream.dicom.write.SegmentationType;
import org.regstream.service.line.EncodedLabels;
import org.regstream.service.line.HeldFrame;
import org.regstream.service.line.KnownProcedure;
import org.regstream.service.line.LabelsEncoder;

/** Labels as a DICOM Segmentation whose identifiers follow from live instances, network and procedure. */
public final class SegmentationEncoder implements LabelsEncoder {

    private final ModelManifest manifest;
    private final SegmentationType type;

    public SegmentationEncoder(ModelManifest manifest, SegmentationType type) {
        this.manifest = manifest;
        this.type = type;
    }

    @Override
    public EncodedLabels encode(KnownProcedure known, Complete<HeldFrame> live, Registered registered) {
        return ResultObjects.of(known, live, manifest, manifest.digest(), "student").labels(registered.labels(), type);
    }
}
