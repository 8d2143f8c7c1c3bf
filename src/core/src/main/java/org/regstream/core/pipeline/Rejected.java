package org.regstream.core.pipeline;

/**
 * No valid registration, or no assessment of one. Never replaced by an older result.
 *
 * @param reason      which rule
 * @param explanation what was found, what was expected, what to do; no patient identity
 */
public record Rejected(RejectionReason reason, String explanation)
        implements
            RegistrationOutcome,
            AssessmentOutcome,
            Placing {}
