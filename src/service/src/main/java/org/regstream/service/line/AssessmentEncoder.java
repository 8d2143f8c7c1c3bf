package org.regstream.service.line;

import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.pipeline.Assessed;

/** Makes the objects that are published from an assessment. Called on the assessment's thread. */
@FunctionalInterface
public interface AssessmentEncoder {

    EncodedAssessment encode(KnownProcedure known, Complete<HeldFrame> live, Assessed assessed);
}
