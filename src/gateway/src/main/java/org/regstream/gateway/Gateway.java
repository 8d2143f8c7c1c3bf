package org.regstream.gateway;

import java.net.InetSocketAddress;
import org.regstream.gateway.dimse.DicomServer;
import org.regstream.gateway.operate.AuditTrail;
import org.regstream.gateway.operate.GatewayMetrics;
import org.regstream.gateway.operate.StatusServer;
import org.regstream.gateway.operate.SyslogSink;
import org.regstream.gateway.topic.FrameTopic;
import org.regstream.gateway.transcode.Codecs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway: scanners on one side, the frames topic on the other, health and metrics for the operator.
 *
 * <p>Closing it takes no new associations, lets open ones end within the grace time, and leaves the topic last.
 */
public final class Gateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Logger AUDIT = LoggerFactory.getLogger("org.regstream.gateway.audit");

    private final GatewaySettings settings;
    private final GatewayMetrics metrics = new GatewayMetrics();
    private final AuditTrail.Sink auditSink;
    private final AuditTrail audit;
    private final FrameTopic topic;
    private final StatusServer status;
    private volatile DicomServer server;

    private Gateway(GatewaySettings settings) {
        this.settings = settings;
        this.auditSink = settings
                .auditRepository().<AuditTrail.Sink>map(r -> new SyslogSink(r, settings.listen().aeTitle()))
                .orElse(AUDIT::info);
        this.audit = new AuditTrail(settings.listen().aeTitle(), auditSink);
        this.topic = FrameTopic.open(settings.topic());
        this.status = StatusServer.start(settings.status(), this::isReady, this::prometheus);
    }

    /** @throws org.regstream.core.ConfigurationException if a port is taken or a setting cannot be used */
    public static Gateway start(GatewaySettings settings) {
        Gateway gateway = new Gateway(settings);
        try {
            gateway.listen();
            return gateway;
        } catch (RuntimeException e) {
            gateway.close();
            throw e;
        }
    }

    /** @return TCP port for DICOM */
    public int dicomPort() {
        return server.port();
    }

    /** @return TCP port for health and metrics */
    public InetSocketAddress statusAddress() {
        return new InetSocketAddress(settings.status().getAddress(), status.port());
    }

    public boolean isReady() {
        return server != null && topic.isReachable();
    }

    @Override
    public synchronized void close() {
        DicomServer listening = server;
        server = null;
        if (listening != null) {
            listening.stop(settings.grace());
            audit.stopped();
        }
        topic.close();
        status.close();
        if (auditSink instanceof SyslogSink syslog) {
            syslog.close();
        }
    }

    private void listen() {
        Codecs codecs = Codecs.install();
        if (!codecs.isComplete()) {
            LOG.warn(
                    "dcm4che's native library opencv_java is not on java.library.path: near-lossless JPEG-LS, 12-bit JPEG and HTJ2K are"
                            + " not accepted");
        }
        server = DicomServer.start(settings.listen(), codecs.transferSyntaxes(), topic::deliver, metrics, audit);
        audit.started();
        LOG.info("listening: ae={} port={} tls={} transferSyntaxes={}", settings.listen().aeTitle(), server.port(),
                settings.listen().tls().isPresent(), codecs.transferSyntaxes().size());
    }

    private String prometheus() {
        return metrics.toPrometheus(topic.isReachable());
    }
}
