package org.regstream.gateway.dimse;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLSocket;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Connection.Protocol;
import org.dcm4che3.net.TCPProtocolHandler;

/**
 * Shakes hands on a thread of its own before dcm4che sees the connection: a peer that is refused there is then told to the
 * connection's monitor, which dcm4che would not do, and cannot hold up the listener. Stateless; once per process.
 */
final class HandshakeFirst implements TCPProtocolHandler {

    private final TCPProtocolHandler dicom;

    private HandshakeFirst(TCPProtocolHandler dicom) {
        this.dicom = dicom;
    }

    /** dcm4che keeps its handlers in a map of the process. */
    static synchronized void install() {
        TCPProtocolHandler present = Connection.unregisterTCPProtocolHandler(Protocol.DICOM);
        Connection.registerTCPProtocolHandler(Protocol.DICOM,
                present instanceof HandshakeFirst ? present : new HandshakeFirst(present));
    }

    @Override
    public void onAccept(Connection connection, Socket socket) throws IOException {
        if (socket instanceof SSLSocket tls) {
            connection.getDevice().execute(() -> shakeHands(connection, tls));
        } else {
            dicom.onAccept(connection, socket);
        }
    }

    private void shakeHands(Connection connection, SSLSocket socket) {
        try {
            socket.startHandshake();
            dicom.onAccept(connection, socket);
        } catch (IOException | RejectedExecutionException e) {
            connection.getDevice().getConnectionMonitor().onConnectionRejected(connection, socket, e);
            connection.close(socket);
        }
    }
}
