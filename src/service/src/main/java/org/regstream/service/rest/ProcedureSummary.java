package org.regstream.service.rest;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_EMPTY;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param notices          what its sender should know: files that are not used, places that are doubtful; absent in lists
 */
public record ProcedureSummary(String id, List<String> structures, String alignment, String grid,
        String labelSource, double ageBudgetSeconds, @JsonInclude(NON_EMPTY) List<String> notices) {

    static ProcedureSummary of(Procedure p) {
        return of(p, List.of());
    }

    static ProcedureSummary of(Procedure p, List<String> notices) {
        return new ProcedureSummary(p.id(), p.structureNames(), p.reference().alignment().name(),
                p.reference().image().grid().toString(), Words.of(p.reference().labelSource()),
                p.ageBudget().toMillis() / 1e3, notices);
    }
}
