package org.regstream.service.line;

import java.util.Optional;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.pipeline.Registered;

/** Makes the objects that are published from a registration. Called on the registration's thread. */
@FunctionalInterface
public interface LabelsEncoder {

    EncodedObject encode(KnownProcedure known, Complete<HeldFrame> live, Registered registered);

    /** Called when the labels are on their way.
     *  @return the field that has pulled them; empty where none is written */
    default Optional<EncodedObject> displacement(KnownProcedure known, Complete<HeldFrame> live,
            Registered registered) {
        return Optional.empty();
    }
}
