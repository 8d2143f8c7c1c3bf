package org.regstream.core.pipeline;

import java.time.Duration;
import java.util.List;

/** What a network's look at a live volume came to: the student's or, of the same pair, the ensemble's. */
public sealed interface Seen permits Registered, Assessed {

    /** What is laid over the live volume. */
    Overlay overlay();

    /** Where the windows lay. */
    Placement placement();

    /** The network alone. */
    Duration modelTime();

    /** In the reference's order; without verdicts of a single network. */
    List<StructureAssessment> assessments();
}
