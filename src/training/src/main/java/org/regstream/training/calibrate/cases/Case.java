package org.regstream.training.calibrate.cases;

import org.regstream.training.calibrate.failure.Arrival;

/**
 * One registration to judge.
 *
 * @param patient  name of the image that the live side was made of
 * @param kind     of pair and failure
 * @param severity of the failure, or strength of the motion; 0 where there is none
 * @param arrival  as it arrives, mapped intensities
 */
public record Case(String patient, CaseKind kind, double severity, Arrival arrival) {}
