package org.regstream.service.rest;

import java.util.List;
import org.regstream.core.procedure.Procedure;
import org.regstream.service.wire.Words;

/**
 * A procedure in a list.
 *
 * @param id               its name
 * @param structures       names of what it shows
 * @param alignment        how the pre-operative image is laid over a live one
 * @param grid             of the pre-operative image, in words
 * @param labelSource      which labels go out, {@code carried} or {@code refined}
 * @param ageBudgetSeconds oldest a result may be
 */
public record ProcedureSummary(String id, List<String> structures, String alignment, String grid,
        String labelSource, double ageBudgetSeconds) {

    static ProcedureSummary of(Procedure p) {
        return new ProcedureSummary(p.id(), p.structureNames(), p.reference().alignment().name(),
                p.reference().image().grid().toString(), Words.of(p.reference().labelSource()),
                p.ageBudget().toMillis() / 1e3);
    }
}
