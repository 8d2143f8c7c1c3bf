package org.regstream.core.procedure;

import java.util.List;

/** Which procedure a live frame belongs to. */
public sealed interface ProcedureMatch {

    /** No procedure selects the frame. */
    record None() implements ProcedureMatch {}

    /** Exactly one does. */
    record One(Procedure procedure) implements ProcedureMatch {}

    /** Several do, so none may have it: whose labels would be shown would be a guess.
     *  @param ids of those that do, sorted */
    record Ambiguous(List<String> ids) implements ProcedureMatch {
        public Ambiguous {
            ids = List.copyOf(ids);
        }
    }
}
