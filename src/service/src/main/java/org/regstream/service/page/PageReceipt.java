package org.regstream.service.page;

import java.time.Instant;
import org.regstream.service.line.LabelsSource;

/**
 * A page has a result on its screen.
 *
 * @param procedureId of the operation
 * @param displayId   names the page, not who looks at it; at most 64 characters
 * @param volumeId    of the live volume
 * @param sequence    of the result
 * @param source      the network it comes from
 * @param shownAt     when it was painted, by the clock of the browser's machine
 */
public record PageReceipt(String procedureId, String displayId, String volumeId, long sequence, LabelsSource source,
        Instant shownAt) {}
