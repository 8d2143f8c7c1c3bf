package org.regstream.core.assembly;

/** A rule that slices break, and how; becomes an {@link AssemblyRefusal} once it is known whose slices they are. */
record Violation(AssemblyRule rule, String explanation) {}
