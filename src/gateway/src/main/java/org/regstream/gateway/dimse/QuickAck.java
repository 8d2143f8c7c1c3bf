package org.regstream.gateway.dimse;

import java.io.IOException;
import java.net.Socket;
import jdk.net.ExtendedSocketOptions;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.DimseRQHandler;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.pdu.PresentationContext;

/**
 * After each answer, asks the kernel to acknowledge what comes next at once and not up to 40 ms later.
 *
 * <p>Many senders (DCMTK's among them) write a message in small pieces with Nagle's algorithm on: the second piece then waits
 * for the acknowledgement of the first. Measured with storescu on the loopback: 49 ms a slice without, 9 ms with this.
 */
final class QuickAck implements DimseRQHandler {

    private final DimseRQHandler services;

    QuickAck(DimseRQHandler services) {
        this.services = services;
    }

    @Override
    public void onDimseRQ(Association association, PresentationContext context, Dimse dimse, Attributes command,
            PDVInputStream data) throws IOException {
        services.onDimseRQ(association, context, dimse, command, data);
        ask(association.getSocket());
    }

    @Override
    public void onClose(Association association) {
        services.onClose(association);
    }

    /** The kernel forgets it once data went the other way. A system that knows no such thing is left as it is. */
    private static void ask(Socket socket) throws IOException {
        if (!socket.isClosed() && socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
            socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }
    }
}
