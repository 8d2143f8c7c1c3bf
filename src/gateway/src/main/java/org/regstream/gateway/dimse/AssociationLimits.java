package org.regstream.gateway.dimse;

import java.time.Duration;
import org.regstream.core.ConfigurationException;

/**
 * How much of each peer the gateway takes.
 *
 * @param associations most associations at once, 1 to 1000
 * @param idle         longest silence of a peer, between messages and inside one; 1 s to 1 h
 * @param pduBytes     longest PDU that peers are asked to send, 4 KiB to 1 MiB; dcm4che ends an association with one over 16 MiB
 * @param objectBytes  largest object, as sent and decoded, 64 KiB to 1 GiB; times associations times 3 it is the memory needed
 */
public record AssociationLimits(int associations, Duration idle, int pduBytes, int objectBytes) {

    private static final int KIB = 1024;

    public AssociationLimits {
        requireWithin("associations", associations, 1, 1000);
        requireWithin("idle seconds", idle.toSeconds(), 1, 3600);
        requireWithin("PDU bytes", pduBytes, 4 * KIB, KIB * KIB);
        requireWithin("object bytes", objectBytes, 64 * KIB, KIB * KIB * KIB);
    }

    int idleMillis() {
        return Math.toIntExact(idle.toMillis());
    }

    private static void requireWithin(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new ConfigurationException(what + " must be from " + least + " to " + most + ", got " + value);
        }
    }
}
