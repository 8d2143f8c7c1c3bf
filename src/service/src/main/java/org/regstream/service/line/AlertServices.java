package org.regstream.service.line;

import org.regstream.core.alert.AlertPace;
import org.regstream.core.alert.ReceiptRule;

/**
 * What the alerts of all lines share.
 *
 * @param pace     how often and how long alerts ask for attention
 * @param receipts what displays owe
 * @param states   outlives this process
 * @param runId    names this run of the service
 * @param provider where the network runs
 */
public record AlertServices(AlertPace pace, ReceiptRule receipts, AlertStates states, String runId, String provider) {}
