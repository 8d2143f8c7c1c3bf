package org.regstream.core.pipeline;

/** What the ensemble says of a registration, or the reason why it says nothing. */
public sealed interface AssessmentOutcome permits Assessed, Rejected {}
