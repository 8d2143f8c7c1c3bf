package org.regstream.dicom.write;

import java.time.Instant;

/**
 * What one volume of a synthetic MR series is called.
 *
 * @param studyInstanceUid    of the study
 * @param seriesInstanceUid   of the series
 * @param frameOfReferenceUid the patient space
 * @param temporalPosition    which volume of the series this is, from 1
 * @param acquiredAt          acquisition time of all slices
 */
public record MrSeriesDescription(String studyInstanceUid, String seriesInstanceUid, String frameOfReferenceUid,
        int temporalPosition, Instant acquiredAt) {

    public MrSeriesDescription {
        if (temporalPosition < 1) {
            throw new IllegalArgumentException("temporal position must be at least 1, got " + temporalPosition);
        }
    }
}
