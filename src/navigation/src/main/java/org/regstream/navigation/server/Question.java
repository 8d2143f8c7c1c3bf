package org.regstream.navigation.server;

import org.regstream.navigation.MessageHeader;

/**
 * A message from a client, without its body: nothing that a client asks is in there.
 *
 * @param header    its checksum holds
 * @param messageId of protocol 3, else 0
 */
record Question(MessageHeader header, int messageId) {

    String type() {
        return header.type();
    }

    String device() {
        return header.device();
    }
}
