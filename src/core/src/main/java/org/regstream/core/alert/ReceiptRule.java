package org.regstream.core.alert;

import java.time.Duration;

/**
 * What displays owe: a receipt for each result that they show, and another while they go on showing it.
 *
 * @param required whether some display must confirm; else only those that have done so once
 * @param budget   longest silence of a display, positive
 */
public record ReceiptRule(boolean required, Duration budget) {

    /** Those that confirm are held to it, within 10 s. */
    public static final ReceiptRule DEFAULT = new ReceiptRule(false, Duration.ofSeconds(10));

    public ReceiptRule {
        AlertPace.requirePositive("receipts.budget", budget);
    }
}
