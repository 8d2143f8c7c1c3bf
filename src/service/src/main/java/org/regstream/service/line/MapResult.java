package org.regstream.service.line;

import java.time.Instant;
import org.regstream.core.assembly.AssembledVolume;

/**
 * A map of uncertainty ready to be published.
 *
 * @param procedureId of the operation
 * @param sequence    that of the ensemble's labels it belongs to
 * @param live        the volume it lies on
 * @param map         the object
 * @param lastSliceAt time stamp of the last of the volume's records
 */
public record MapResult(String procedureId, long sequence, AssembledVolume live, EncodedMap map,
        Instant lastSliceAt) {}
