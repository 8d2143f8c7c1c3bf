package org.regstream.gateway.dimse;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.TransferCapability.Role;
import org.dcm4che3.net.service.BasicCEchoSCP;
import org.dcm4che3.net.service.DicomServiceRegistry;
import org.regstream.core.ConfigurationException;
import org.regstream.gateway.operate.AuditTrail;
import org.regstream.gateway.operate.GatewayMetrics;
import org.regstream.gateway.transcode.Instance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for C-ECHO and C-STORE of live images. One per process and port. */
public final class DicomServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DicomServer.class);

    /** The classes whose images say where they lie in the patient: of no other the service can make a volume. */
    private static final String[] STORED = {UID.MRImageStorage, UID.EnhancedMRImageStorage,
            UID.LegacyConvertedEnhancedMRImageStorage, UID.CTImageStorage, UID.EnhancedCTImageStorage,
            UID.LegacyConvertedEnhancedCTImageStorage};

    /** BCP 195 (RFC 9325): forward secrecy and authenticated encryption only, 1.3 before 1.2. */
    private static final String[] TLS_PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final String[] TLS_CIPHERS = {"TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"};

    private static final Duration ABORT_TIMEOUT = Duration.ofSeconds(5);

    private final ListenSettings settings;
    private final Device device = new Device("regstream-gateway");
    private final Connection connection = new Connection();
    private final Associations associations;
    private final ExecutorService threads;
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(DicomServer::daemon);

    private DicomServer(ListenSettings settings, GatewayMetrics metrics, AuditTrail audit) {
        this.settings = settings;
        this.associations = new Associations(settings.limits().idle(), metrics, audit);
        this.threads = threadsFor(settings.limits());
    }

    /**
     * @param transferSyntaxes what can be decoded; nothing else is accepted
     * @param topic            takes an instance or throws a RefusedException; called by many threads at once
     * @throws ConfigurationException if the port is taken or the TLS files cannot be used
     */
    public static DicomServer start(ListenSettings settings, Set<String> transferSyntaxes, Consumer<Instance> topic,
            GatewayMetrics metrics, AuditTrail audit) {
        HandshakeFirst.install();
        DicomServer server = new DicomServer(settings, metrics, audit);
        server.configureConnection();
        settings.tls().ifPresent(server::configureTls);
        server.configureEntity(transferSyntaxes.toArray(String[]::new),
                new StoreService(STORED, settings.limits().objectBytes(), topic, metrics));
        server.configureDevice();
        server.listen();
        return server;
    }

    /** @return TCP port that it listens on */
    public int port() {
        return ((InetSocketAddress) connection.getListener().getEndPoint()).getPort();
    }

    /**
     * Takes no new association, lets the open ones end by themselves, then aborts those that did not.
     *
     * @param grace longest wait for them
     */
    public void stop(Duration grace) {
        device.unbindConnections();
        try {
            if (!associations.awaitNone(grace)) {
                List<Association> left = associations.open();
                LOG.warn("{} associations are aborted: they did not end within {} s", left.size(), grace.toSeconds());
                left.forEach(Association::abort);
                associations.awaitNone(ABORT_TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
            timers.shutdownNow();
        }
    }

    @Override
    public void close() {
        stop(Duration.ZERO);
    }

    private void configureConnection() {
        AssociationLimits limits = settings.limits();
        connection.setHostname(settings.address());
        connection.setBindAddress(settings.address());
        connection.setPort(settings.port());
        connection.setReceivePDULength(limits.pduBytes());
        connection.setIdleTimeout(limits.idleMillis());
        connection.setRequestTimeout(limits.idleMillis());
        connection.setReleaseTimeout(limits.idleMillis());
        connection.setSendTimeout(limits.idleMillis());
    }

    private void configureTls(TlsSettings tls) {
        connection.setTlsProtocols(TLS_PROTOCOLS);
        connection.setTlsCipherSuites(TLS_CIPHERS);
        connection.setTlsNeedClientAuth(tls.mutual());
        device.setKeyStoreURL(tls.keyStore().toUri().toString());
        device.setKeyStoreType("PKCS12");
        device.setKeyStorePin(tls.keyStorePin());
        if (tls.trustStore() != null) {
            device.setTrustStoreURL(tls.trustStore().toUri().toString());
            device.setTrustStoreType("PKCS12");
            device.setTrustStorePin(tls.trustPin());
        }
    }

    private void configureEntity(String[] transferSyntaxes, StoreService store) {
        ApplicationEntity entity = new ApplicationEntity(settings.aeTitle());
        entity.setAssociationAcceptor(true);
        entity.setAssociationInitiator(false);
        entity.setAcceptedCallingAETitles(settings.callingAe().toArray(String[]::new));
        entity.addTransferCapability(new TransferCapability(null, UID.Verification, Role.SCP,
                UID.ImplicitVRLittleEndian, UID.ExplicitVRLittleEndian));
        for (String sopClass : STORED) {
            entity.addTransferCapability(new TransferCapability(null, sopClass, Role.SCP, transferSyntaxes));
        }
        DicomServiceRegistry services = new DicomServiceRegistry();
        services.addDicomService(new BasicCEchoSCP());
        services.addDicomService(store);
        entity.setDimseRQHandler(new QuickAck(services));
        device.addConnection(connection);
        device.addApplicationEntity(entity);
        entity.addConnection(connection);
    }

    private void configureDevice() {
        device.setLimitOpenAssociations(settings.limits().associations());
        device.setAssociationMonitor(associations);
        device.setConnectionMonitor(associations);
        device.setExecutor(threads);
        device.setScheduledExecutor(timers);
    }

    private void listen() {
        try {
            device.bindConnections();
        } catch (IOException e) {
            throw new ConfigurationException("port " + settings.port() + " of " + settings.address()
                    + " cannot be opened; stop the program that uses it or set --port", e);
        } catch (GeneralSecurityException e) {
            throw new ConfigurationException("TLS cannot be set up from " + settings.tls(), e);
        }
    }

    /** The listener, an association each, and some to say no or to abort: a connection beyond these is closed unheard. */
    private static ExecutorService threadsFor(AssociationLimits limits) {
        int most = 2 * limits.associations() + 8;
        return new ThreadPoolExecutor(0, most, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), DicomServer::daemon);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "dicom");
        thread.setDaemon(true);
        return thread;
    }
}
