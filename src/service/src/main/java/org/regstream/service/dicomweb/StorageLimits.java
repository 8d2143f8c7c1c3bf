package org.regstream.service.dicomweb;

import java.time.Duration;
import org.regstream.core.ConfigurationException;
import org.regstream.dicom.read.ReadLimits;

/**
 * How much STOW-RS takes.
 *
 * @param maxInstanceBytes of one instance: what a record of the frames topic can hold
 * @param maxRequestBytes  of a whole request
 * @param maxRequests      at a time; each holds one instance, and what waits for the broker
 * @param requestTimeout   from the start of a request's body to its end
 */
public record StorageLimits(int maxInstanceBytes, long maxRequestBytes, int maxRequests, Duration requestTimeout) {

    public StorageLimits {
        long most = Math.min(maxRequestBytes, ReadLimits.LIVE.maxBytes());
        if (maxInstanceBytes < 1 || maxInstanceBytes > most || maxRequests < 1) {
            throw new ConfigurationException("regstream.dicomweb.max-instance-bytes must be positive and at most"
                    + " max-request-bytes and " + ReadLimits.LIVE.maxBytes() + ", and max-requests at least 1, got "
                    + maxInstanceBytes + ", " + maxRequestBytes + " and " + maxRequests);
        }
        if (requestTimeout.compareTo(Duration.ofSeconds(1)) < 0
                || requestTimeout.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new ConfigurationException(
                    "regstream.dicomweb.request-timeout must be 1 s to 10 min, got " + requestTimeout);
        }
    }
}
