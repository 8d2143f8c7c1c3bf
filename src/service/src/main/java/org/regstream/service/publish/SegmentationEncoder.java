package org.regstream.service.publish;

import java.util.Optional;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.pipeline.Registered;
import org.regstream.dicom.write.SegmentationType;
import org.regstream.service.line.EncodedObject;
import org.regstream.service.line.HeldFrame;
import org.regstream.service.line.KnownProcedure;
import org.regstream.service.line.LabelsEncoder;

/**
 * Labels as a DICOM Segmentation and their field as a Deformable Spatial Registration, whose identifiers follow from live
 * instances, network and procedure.
 */
public final class SegmentationEncoder implements LabelsEncoder {

    private final ModelManifest manifest;
    private final SegmentationType type;

    public SegmentationEncoder(ModelManifest manifest, SegmentationType type) {
        this.manifest = manifest;
        this.type = type;
    }

    @Override
    public EncodedObject encode(KnownProcedure known, Complete<HeldFrame> live, Registered registered) {
        return objects(known, live, registered).labels(registered.overlay(), type);
    }

    @Override
    public Optional<EncodedObject> displacement(KnownProcedure known, Complete<HeldFrame> live,
            Registered registered) {
        return objects(known, live, registered).displacement(registered.choice().field(), registered.placement(),
                live.volume().frameOfReferenceUid());
    }

    private ResultObjects objects(KnownProcedure known, Complete<HeldFrame> live, Registered registered) {
        return ResultObjects.of(known, live, registered.overlay(), manifest, manifest.digest(), "student");
    }
}
