package org.regstream.service.line;

import java.time.Instant;
import org.regstream.core.assembly.AssembledVolume;

/**
 * A displacement field ready to be published.
 *
 * @param source       the network it comes from
 * @param procedureId  of the operation
 * @param sequence     that of the labels it has pulled
 * @param live         the volume it leads from
 * @param displacement Deformable Spatial Registration
 * @param lastSliceAt  time stamp of the last of the volume's records
 */
public record DisplacementResult(LabelsSource source, String procedureId, long sequence, AssembledVolume live,
        EncodedObject displacement, Instant lastSliceAt) {}
