package org.regstream.core.line;

import java.time.Instant;

/**
 * When something happens, and what this instance knows then of who tells of the procedure.
 *
 * @param now      by this machine's clock
 * @param kept     the newest that is kept of the procedure's alerts; {@link StoredAlerts#NONE} if there is nothing
 * @param isVacant whether no other instance tells of the procedure
 */
public record Moment(Instant now, StoredAlerts kept, boolean isVacant) {}
