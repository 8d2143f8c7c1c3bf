package org.regstream.training.evaluate.table;

import java.util.List;
import java.util.Optional;
import org.regstream.training.evaluate.row.Paper;

/**
 * Rows at an equal budget, measured on the same pairs.
 *
 * @param terms   under which they were measured
 * @param machine class of the machine
 * @param rows    in the order of the tables
 */
public record Comparison(Terms terms, String machine, List<RowResult> rows) {

    public Comparison {
        rows = List.copyOf(rows);
    }

    /** Rows of a paper, also those that could not be filled. */
    public List<RowResult> of(Paper paper) {
        return rows.stream().filter(r -> r.paper() == paper).toList();
    }

    public List<RowResult> filled() {
        return rows.stream().filter(RowResult::isFilled).toList();
    }

    public Optional<RowResult> row(String name) {
        return filled().stream().filter(r -> r.name().equals(name)).findFirst();
    }
}
