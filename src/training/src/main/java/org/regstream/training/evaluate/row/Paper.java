package org.regstream.training.evaluate.row;

/** Which table a row stands in. */
public enum Paper {
    P1("Predictive and snapshot uncertainty (P1, table 1)"), P2("Mean teacher with double uncertainty (P2, table 1)"),
    /** Rows that no paper has. */
    OWN("regstream");

    private final String title;

    Paper(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
