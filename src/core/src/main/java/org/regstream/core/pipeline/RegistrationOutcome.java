package org.regstream.core.pipeline;

/** What one live volume leads to: labels that may be shown, or the reason why none may. */
public sealed interface RegistrationOutcome permits Registered, Rejected {}
