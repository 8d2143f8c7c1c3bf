package org.regstream.core.pipeline;

/** Where the windows lie, or why they cannot be laid. */
sealed interface Placing permits Placement, Rejected {}
