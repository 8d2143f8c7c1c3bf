package org.regstream.core.line;

import java.time.Instant;
import java.util.Optional;

/**
 * A display tells what it shows.
 *
 * @param procedureId of the operation
 * @param display     names the display; 1 to 64 letters, digits, dots, hyphens and underscores
 * @param isClosed    whether it shows nothing of the procedure any more, and will not
 * @param shown       the event that it shows (the id of its CloudEvent), empty if none yet
 * @param at          when, by its own clock
 */
public record Receipt(String procedureId, String display, boolean isClosed, Optional<String> shown, Instant at) {}
