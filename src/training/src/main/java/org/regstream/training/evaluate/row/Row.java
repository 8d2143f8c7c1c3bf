package org.regstream.training.evaluate.row;

/** One line of a table. */
public interface Row {

    /** What {@code --methods} calls it, and the name of its folder. */
    String name();

    /** What the paper calls it. */
    String label();

    Paper paper();

    /**
     * Trains what the row needs, or loads it from the site's folder if it was trained before.
     *
     * @throws RowUnavailableException if the row cannot be filled here
     */
    PreparedRow prepare(RowSite site);
}
