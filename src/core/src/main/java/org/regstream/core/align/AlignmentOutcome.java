package org.regstream.core.align;

/** What came of an alignment: a pose, or why there is none. */
public sealed interface AlignmentOutcome permits Aligned, NotAligned, Mirrored {

    /** @return how much of the fixed image the best pose explains, in [0, 1] */
    double score();

    /** @return how much of it the images explain as their headers lay them, in [0, 1] */
    double headersScore();
}
