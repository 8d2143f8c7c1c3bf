package org.regstream.service.line;

import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.pipeline.Registered;

/** Makes the object that is published from a registration. Called on the registration's thread. */
@FunctionalInterface
public interface LabelsEncoder {

    EncodedLabels encode(KnownProcedure known, Complete<HeldFrame> live, Registered registered);
}
