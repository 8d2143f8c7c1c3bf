package org.regstream.training.calibrate.cases;

/** Whose images a pair holds. */
public enum People {
    /** Twice the same, with simulated motion between two simulated scans: the truth is known. */
    ONE_PATIENT("one patient"),
    /** Two of them: the truth is what somebody drew on the fixed image. */
    TWO_PEOPLE("two people");

    private final String words;

    People(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
