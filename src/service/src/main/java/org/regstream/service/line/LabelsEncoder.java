package org.regstream.service.line;

import org.regstream.core.assembly.AssembledVolume;
import org.regstream.core.pipeline.Registered;
import org.regstream.core.procedure.Procedure;

/** Makes the object that is published from a registration. Called on the registration's thread. */
@FunctionalInterface
public interface LabelsEncoder {

    EncodedLabels encode(Procedure procedure, AssembledVolume live, Registered registered);
}
