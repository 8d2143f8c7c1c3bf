package org.regstream.training.evaluate.table;

import java.util.List;

/**
 * A table of text.
 *
 * @param title    of its section
 * @param note     sentences that a reader needs with it; may be empty
 * @param headings of the columns, the first one of the rows' names
 * @param rows     as many cells each as there are headings
 */
public record Table(String title, String note, List<String> headings, List<List<String>> rows) {

    public Table {
        headings = List.copyOf(headings);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != headings.size()) {
                throw new IllegalArgumentException(
                        "table " + title + " has " + headings.size() + " columns, got a row of "
                                + row.size() + ": " + row);
            }
        }
    }
}
