package org.regstream.gateway.transcode;

/**
 * A data set as a peer sent it.
 *
 * @param sopClassUid    SOP class that the C-STORE command announced
 * @param sopInstanceUid SOP instance that the command announced
 * @param transferSyntax transfer syntax of the presentation context
 * @param dataset        the encoded data set, without file meta information. Referenced.
 */
public record Received(String sopClassUid, String sopInstanceUid, String transferSyntax, byte[] dataset) {

    /** Names neither the instance nor its content. */
    @Override
    public String toString() {
        return "Received[" + transferSyntax + ", " + dataset.length + " bytes]";
    }
}
