package org.regstream.core.procedure;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.regstream.core.assembly.AssembledVolume;
import org.regstream.core.model.Structure;

/**
 * What is decided by of an operation: no image.
 *
 * @param id         as of {@link Procedure}
 * @param structures what is shown, in the reference's order
 * @param space      frame of reference that live volumes must be in; empty if any will do
 * @param ageBudget  oldest a result may be while live images come
 */
public record ProcedureFacts(String id, List<Structure> structures, Optional<String> space, Duration ageBudget) {

    public ProcedureFacts {
        structures = List.copyOf(structures);
    }

    static ProcedureFacts of(Procedure procedure) {
        Reference reference = procedure.reference();
        return new ProcedureFacts(procedure.id(), reference.structures(),
                reference.frameOfReferenceUid().filter(uid -> reference.alignment() == Alignment.FRAME_OF_REFERENCE),
                procedure.ageBudget());
    }

    /** @return names of the structures it shows */
    public List<String> structureNames() {
        return structures.stream().map(Structure::name).toList();
    }

    /**
     * Whether a live volume lies in the patient space in which the reference is laid over it.
     *
     * @return why not, for the operator; empty if it does, or if the alignment needs none
     */
    public Optional<String> geometryFault(AssembledVolume live) {
        return space.isEmpty() || space.get().equals(live.frameOfReferenceUid())
                ? Optional.empty()
                : Optional.of("The live volume is in another frame of reference than the "
                        + "pre-operative image: the patient or the table was repositioned, or the wrong image was loaded.");
    }
}
