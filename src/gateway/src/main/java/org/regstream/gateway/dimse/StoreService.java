package org.regstream.gateway.dimse;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.BasicCStoreSCP;
import org.dcm4che3.net.service.DicomServiceException;
import org.regstream.gateway.operate.GatewayMetrics;
import org.regstream.gateway.refuse.Refusal;
import org.regstream.gateway.refuse.RefusedException;
import org.regstream.gateway.transcode.Instance;
import org.regstream.gateway.transcode.Received;
import org.regstream.gateway.transcode.Transcoding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a C-STORE with success once the record is acknowledged, else with the status of the refusal. */
final class StoreService extends BasicCStoreSCP {

    private static final Logger LOG = LoggerFactory.getLogger(StoreService.class);

    /** A sender that goes on so many times beyond the limit is cut off. */
    private static final int PATIENCE = 4;

    private final int limit;
    private final Transcoding transcoding;
    private final Consumer<Instance> topic;
    private final GatewayMetrics metrics;

    StoreService(String[] sopClasses, int limit, Consumer<Instance> topic, GatewayMetrics metrics) {
        super(sopClasses);
        this.limit = limit;
        this.transcoding = new Transcoding(limit);
        this.topic = topic;
        this.metrics = metrics;
    }

    @Override
    protected void store(Association association, PresentationContext context, Attributes command, PDVInputStream data,
            Attributes response) throws IOException {
        long start = System.nanoTime();
        try {
            Instance instance = transcoding.transcode(receive(association, context, command, data));
            topic.accept(instance);
            metrics.countStored(instance.part10().length, Duration.ofNanos(System.nanoTime() - start));
        } catch (RefusedException e) {
            metrics.countRefused(e.refusal());
            LOG.warn("refused: reason={} callingAe={} transferSyntax={}: {}", e.refusal().label(),
                    association.getCallingAET(), context.getTransferSyntax(), e.getMessage());
            throw new DicomServiceException(e.refusal().status(), e.getMessage());
        }
    }

    private Received receive(Association association, PresentationContext context, Attributes command,
            PDVInputStream data) throws IOException {
        byte[] dataset = data.readNBytes(limit + 1);
        if (dataset.length > limit) {
            drain(association, data);
            throw new RefusedException(Refusal.TOO_LARGE, "object is over the limit of " + limit + " bytes");
        }
        return new Received(command.getString(Tag.AffectedSOPClassUID), command.getString(Tag.AffectedSOPInstanceUID),
                context.getTransferSyntax(), dataset);
    }

    /** A sender hears the answer only when it has sent all. */
    private void drain(Association association, PDVInputStream data) throws IOException {
        byte[] unread = new byte[8192];
        long more = (long) limit * PATIENCE;
        int n = 0;
        while (n >= 0 && more > 0) {
            more -= n;
            n = data.read(unread);
        }
        if (n >= 0) {
            association.abort();
            throw new IOException("the sender did not end an object far over the limit of " + limit + " bytes");
        }
    }
}
