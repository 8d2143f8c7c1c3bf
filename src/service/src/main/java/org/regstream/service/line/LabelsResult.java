package org.regstream.service.line;

import java.time.Duration;
import java.time.Instant;
import org.regstream.core.assembly.AssembledVolume;

/**
 * Labels ready to be published.
 *
 * @param procedureId of the operation
 * @param sequence    counts the results of a procedure from 1, without gaps; anew when the service starts or gets the
 *                    procedure's partition again
 * @param live        the volume they lie on
 * @param labels      the object
 * @param lastSliceAt time stamp of the last of the volume's records
 * @param modelTime   the network alone
 */
public record LabelsResult(String procedureId, long sequence, AssembledVolume live, EncodedLabels labels,
        Instant lastSliceAt, Duration modelTime) {}
