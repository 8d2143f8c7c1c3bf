package org.regstream.training.loop;

/** What makes two images alike. */
public enum Similarity {
    /** METHODS, Eq. 1: the same contrast. */
    NLCC,
    /** P2: any contrast. */
    MIND
}
