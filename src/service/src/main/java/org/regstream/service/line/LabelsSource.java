package org.regstream.service.line;

/** Which network of a package labels come from. */
public enum LabelsSource {
    /** The single network: at once. */
    STUDENT,
    /** Several networks: later, and with their uncertainty. */
    ENSEMBLE
}
