package org.regstream.service.dicomweb;

import org.regstream.core.ConfigurationException;

/**
 * How much STOW-RS takes.
 *
 * @param maxInstanceBytes of one instance: what a record of the frames topic can hold
 * @param maxRequestBytes  of a whole request
 * @param maxRequests      at a time; each holds one instance, and what waits for the broker
 */
public record StorageLimits(int maxInstanceBytes, long maxRequestBytes, int maxRequests) {

    public StorageLimits {
        if (maxInstanceBytes < 1 || maxRequestBytes < maxInstanceBytes || maxRequests < 1) {
            throw new ConfigurationException("regstream.dicomweb.max-instance-bytes must be positive and at most"
                    + " max-request-bytes, and max-requests at least 1, got " + maxInstanceBytes + ", "
                    + maxRequestBytes + " and " + maxRequests);
        }
    }
}
