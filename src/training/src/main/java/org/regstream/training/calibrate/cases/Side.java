package org.regstream.training.calibrate.cases;

/** What of a pair is spoiled. */
public enum Side {
    NOTHING, LIVE_IMAGE, PREOPERATIVE_IMAGE, GIVEN_LABELS
}
