package org.regstream.core.procedure;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.regstream.core.Spans;
import org.regstream.core.assembly.AssembledVolume;

/**
 * One operation.
 *
 * @param id        opaque name: 1 to 64 letters, digits, dots, dashes and underscores; must not identify the patient
 * @param reference what is warped
 * @param selector  which live frames belong to it
 * @param ageBudget oldest a result may be while live images come, positive
 */
public record Procedure(String id, Reference reference, LiveSelector selector, Duration ageBudget) {

    public Procedure {
        requireId(id);
        if (ageBudget.isNegative() || ageBudget.isZero()) {
            throw new IllegalArgumentException(
                    "ageBudget of " + id + " must be positive, got " + Spans.inWords(ageBudget));
        }
        if (reference.alignment() == Alignment.FRAME_OF_REFERENCE && reference.frameOfReferenceUid().isEmpty()) {
            throw new IllegalArgumentException("procedure " + id + " aligns by frame of reference, but its "
                    + "pre-operative image has none (NIfTI?); give its UID, or align by centres");
        }
        requireNamedLabels(reference);
    }

    /** @return id itself
     *  @throws IllegalArgumentException if it is not 1 to 64 of [A-Za-z0-9._-] */
    public static String requireId(String id) {
        if (!id.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException("a procedure id must be 1 to 64 letters, digits, dots, dashes and "
                    + "underscores, got " + id.length() + " characters");
        }
        return id;
    }

    private static void requireNamedLabels(Reference reference) {
        boolean[] isNamed = new boolean[256];
        isNamed[0] = true;
        reference.structures().forEach(s -> isNamed[s.label()] = true);
        TreeSet<Integer> unnamed = new TreeSet<>();
        for (byte b : reference.labels().labels()) {
            if (!isNamed[b & 0xff]) {
                unnamed.add(b & 0xff);
            }
        }
        if (!unnamed.isEmpty()) {
            throw new IllegalArgumentException(
                    "labels " + unnamed + " of the pre-operative label map have no structure "
                            + "and would not be shown; name them, or set them to 0");
        }
    }

    /** The same with another pre-operative side. */
    public Procedure with(Reference other) {
        return new Procedure(id, other, selector, ageBudget);
    }

    /** @return what is decided by: no image */
    public ProcedureFacts facts() {
        return ProcedureFacts.of(this);
    }

    /** @return names of the structures it shows */
    public List<String> structureNames() {
        return facts().structureNames();
    }

    /**
     * Whether a live volume lies in the patient space in which the reference is laid over it.
     *
     * @return why not, for the operator; empty if it does, or if the alignment needs none
     */
    public Optional<String> geometryFault(AssembledVolume live) {
        return facts().geometryFault(live);
    }
}
