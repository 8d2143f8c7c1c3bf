package org.regstream.service.line;

import java.time.Duration;
import java.time.Instant;
import org.regstream.core.assembly.AssembledVolume;

/**
 * Labels ready to be published.
 *
 * @param source        the network they come from
 * @param procedureId   of the operation
 * @param sequence      counts the labels of a procedure from 1, without gaps; anew when the service starts or gets the
 *                      procedure's partition again
 * @param live          the volume they lie on
 * @param labels        the object
 * @param lastSliceAt   time stamp of the last of the volume's records
 * @param modelTime     the network alone
 * @param figures       what is told of them
 */
public record LabelsResult(LabelsSource source, String procedureId, long sequence, AssembledVolume live,
        EncodedObject labels, Instant lastSliceAt, Duration modelTime, ResultFigures figures) {}
