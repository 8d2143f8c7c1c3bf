package org.regstream.tools.register;

import java.util.List;
import java.util.Optional;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.pipeline.ReliabilityMap;
import org.regstream.core.procedure.Reference;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.write.DeformableRegistrationWriter;
import org.regstream.dicom.write.DerivedUid;
import org.regstream.dicom.write.DicomWriter;
import org.regstream.dicom.write.MapQuantity;
import org.regstream.dicom.write.ParametricMapWriter;
import org.regstream.dicom.write.PreoperativeSpace;
import org.regstream.dicom.write.SegmentationAlgorithm;
import org.regstream.dicom.write.SegmentationType;
import org.regstream.dicom.write.SpatialRegistrationWriter;
import org.regstream.wire.LabelOrigin;

/**
 * A registration's results as DICOM instances of the fixed image's study; the same files give the same bytes.
 *
 * @param labels       Segmentation or Label Map Segmentation
 * @param uncertainty  Parametric Map of {@link ReliabilityMap#UNCERTAINTY}; padding where the network's window does not reach
 * @param displacement Deformable Spatial Registration on the network's window
 * @param pose         Spatial Registration: how the images lay before
 */
record DicomResults(byte[] labels, byte[] uncertainty, byte[] displacement, byte[] pose) {

    /**
     * @param fixed     where the fixed image came from
     * @param moving    where the moving image came from; empty for NIfTI
     * @param reference the moving side
     * @param type      how labels are written
     */
    static DicomResults of(Findings findings, DicomOrigin fixed, Optional<DicomOrigin> moving, Reference reference,
            ModelManifest manifest, SegmentationType type) {
        String digest = ReferenceDigest.of(reference);
        SegmentationAlgorithm algorithm = new SegmentationAlgorithm(manifest.id(), findings.digest(),
                findings.network(), List.of(digest))
                .ofVolume(LabelOrigin.furtherInputs(findings.overlay().choice(), findings.placement()));
        List<DicomObject> images = moving.map(DicomOrigin::headers).orElse(List.of());
        String space = moving.flatMap(DicomOrigin::frameOfReferenceUid)
                .orElseGet(() -> DerivedUid.of("frame of reference", List.of(digest)));
        PreoperativeSpace preoperative = new PreoperativeSpace(space, images, findings.placement());
        return new DicomResults(
                DicomWriter.write(type.dataSet(findings.labels(), reference.structures(), fixed.headers(),
                        fixed.phase(), LabelOrigin.describing(algorithm, findings.overlay()))),
                ParametricMapWriter.write(findings.uncertainty(),
                        MapQuantity.of(ReliabilityMap.UNCERTAINTY, 1 + reference.structures().size()),
                        fixed.headers(), fixed.phase(), algorithm),
                DeformableRegistrationWriter.write(findings.displacement(), preoperative, fixed.headers(),
                        fixed.phase(), algorithm),
                SpatialRegistrationWriter.write(preoperative, fixed.headers(), fixed.phase(), algorithm));
    }
}
