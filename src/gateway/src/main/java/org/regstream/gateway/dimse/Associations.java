package org.regstream.gateway.dimse;

import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.AssociationMonitor;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.ConnectionMonitor;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.regstream.gateway.operate.AuditTrail;
import org.regstream.gateway.operate.GatewayMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows every association from its connection to its end, for metrics, audit and the graceful stop. Thread-safe. */
final class Associations implements AssociationMonitor, ConnectionMonitor {

    private static final Logger LOG = LoggerFactory.getLogger(Associations.class);
    private static final String UNKNOWN = "unknown";

    private final int silenceMillis;
    private final GatewayMetrics metrics;
    private final AuditTrail audit;
    private final Set<Association> open = new HashSet<>();

    Associations(Duration longestSilence, GatewayMetrics metrics, AuditTrail audit) {
        this.silenceMillis = Math.toIntExact(longestSilence.toMillis());
        this.metrics = metrics;
        this.audit = audit;
    }

    /**
     * Waits until all are over.
     *
     * @return whether they were, within the time
     */
    synchronized boolean awaitNone(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (!open.isEmpty()) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    synchronized List<Association> open() {
        return List.copyOf(open);
    }

    @Override
    public void onAssociationAccepted(Association association) {
        metrics.countAccepted();
        audit.opened(association.getCallingAET(), hostOf(association.getSocket()));
        LOG.info("association accepted: callingAe={} host={}", association.getCallingAET(),
                hostOf(association.getSocket()));
        add(association);
        association.addAssociationListener(this::closed);
    }

    @Override
    public void onAssociationRejected(Association association, AAssociateRJ why) {
        metrics.countRejected();
        String callingAe = association.getAAssociateRQ() == null ? UNKNOWN : association.getCallingAET();
        audit.refused(callingAe, hostOf(association.getSocket()), why.getMessage());
        LOG.warn("association rejected: callingAe={} host={}: {}", callingAe, hostOf(association.getSocket()),
                why.getMessage());
    }

    @Override
    public void onAssociationFailed(Association association, Throwable why) {
        failed(association.getSocket(), why);
    }

    @Override
    public void onAssociationEstablished(Association association) {
        // told for associations that this side asks for; the gateway asks for none
    }

    /** A peer that falls silent inside a message is not caught by dcm4che's own idle time-out. */
    @Override
    public void onConnectionAccepted(Connection connection, Socket socket) {
        try {
            socket.setSoTimeout(silenceMillis);
        } catch (SocketException e) {
            LOG.warn("connection of {} has no read time-out: {}", hostOf(socket), e.getMessage());
        }
    }

    @Override
    public void onConnectionRejected(Connection connection, Socket socket, Throwable why) {
        failed(socket, why);
    }

    @Override
    public void onConnectionRejectedBlacklisted(Connection connection, Socket socket) {
        // no list is kept
    }

    @Override
    public void onConnectionEstablished(Connection connection, Connection remote, Socket socket) {
        // told for connections that this side opens; the gateway opens none
    }

    @Override
    public void onConnectionFailed(Connection connection, Connection remote, Socket socket, Throwable why) {
        // as above
    }

    private void failed(Socket socket, Throwable why) {
        metrics.countFailed();
        audit.refused(UNKNOWN, hostOf(socket), why.getMessage());
        LOG.warn("no association: host={}: {}", hostOf(socket), why.getMessage());
    }

    private synchronized void add(Association association) {
        open.add(association);
    }

    private void closed(Association association) {
        metrics.countClosed();
        audit.closed(association.getCallingAET(), hostOf(association.getSocket()));
        remove(association);
    }

    private synchronized void remove(Association association) {
        open.remove(association);
        notifyAll();
    }

    private static String hostOf(Socket socket) {
        return socket.getInetAddress() == null ? UNKNOWN : socket.getInetAddress().getHostAddress();
    }
}
