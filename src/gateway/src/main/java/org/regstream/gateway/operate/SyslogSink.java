package org.regstream.gateway.operate;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.regstream.core.ConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends audit messages to an audit record repository: syslog (RFC 5424) over UDP (RFC 5426), as IHE ITI-20 allows. */
public final class SyslogSink implements AuditTrail.Sink, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SyslogSink.class);

    /** Facility 10 (security), severity 5 (notice). */
    private static final int PRIORITY = 10 * 8 + 5;

    private final InetSocketAddress repository;
    private final String host;
    private final DatagramSocket socket;

    /** @throws ConfigurationException if the repository's host name is unknown or no socket can be had */
    public SyslogSink(InetSocketAddress repository, String host) {
        if (repository.isUnresolved()) {
            throw new ConfigurationException("the audit repository's host " + repository.getHostString()
                    + " is unknown; correct --audit-syslog");
        }
        try {
            this.socket = new DatagramSocket();
        } catch (IOException e) {
            throw new ConfigurationException("no socket for audit messages", e);
        }
        this.repository = repository;
        this.host = host;
    }

    @Override
    public void write(String message) {
        String time = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        byte[] line = ("<" + PRIORITY + ">1 " + time + " " + host + " regstream-gateway "
                + ProcessHandle.current().pid()
                + " IHE+RFC-3881 - \uFEFF" + message).getBytes(StandardCharsets.UTF_8);
        try {
            socket.send(new DatagramPacket(line, line.length, repository));
        } catch (IOException e) {
            LOG.warn("an audit message could not be sent to {}: {}", repository, e.getMessage());
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
