package org.regstream.core.line;

import java.util.Locale;

/** Which network of a package has looked at a volume. */
public enum Network {
    /** The single network: at once. */
    STUDENT,
    /** Several networks: later, and they judge. */
    ENSEMBLE;

    /** Lower case, as displays and DICOM objects name it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
