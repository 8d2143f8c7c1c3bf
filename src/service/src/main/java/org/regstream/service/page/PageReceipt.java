package org.regstream.service.page;

import java.time.Instant;
import java.util.Optional;

/**
 * A page tells what is on its screen: when that changes, and every few seconds.
 *
 * @param procedureId of the operation
 * @param displayId   names the page, not who looks at it; 1 to 64 letters, digits and hyphens
 * @param isClosed    whether it shows nothing any more: it was closed or hidden
 * @param eventId     of the labels that are drawn, as on the topic; empty if none are
 * @param at          when that was painted, by the clock of the browser's machine
 */
public record PageReceipt(String procedureId, String displayId, boolean isClosed, Optional<String> eventId,
        Instant at) {}
