package org.regstream.service.channel;

import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.regstream.core.DecodeException;
import org.regstream.core.assembly.Frame;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.read.FrameReader;
import org.regstream.service.line.Custody;
import org.regstream.service.line.HeldFrame;
import org.regstream.service.line.IntakeEndedException;
import org.regstream.service.line.PipelineMetrics;
import org.regstream.service.line.ProcedureLine;
import org.regstream.service.line.Stage;
import org.regstream.service.procedure.ProcedureDesk;
import org.regstream.service.procedure.ProcedureStore;

/**
 * Takes one record in: decodes it, finds its procedure, puts it into custody and offers it to the procedure's line. What
 * cannot be used is refused, which sends it to the dead-letter topic. Called by one thread at a time; may wait for memory.
 */
public final class Intake {

    private static final Logger LOG = Logger.getLogger(Intake.class);

    /** So much of it, once decoded, may be in unfinished volumes when memory is used up; they take half as much again as they came. */
    private static final int GATHERED_SHARE = 3;

    private final FrameReader reader;
    private final ProcedureDesk desk;
    private final ProcedureLookup lookup;
    private final Custody custody;
    private final PipelineMetrics metrics;

    public Intake(FrameReader reader, ProcedureDesk desk, ProcedureStore store, Custody custody,
            PipelineMetrics metrics, Clock clock) {
        this.reader = reader;
        this.desk = desk;
        this.lookup = new ProcedureLookup(desk, store, clock);
        this.custody = custody;
        this.metrics = metrics;
    }

    /**
     * @return complete when the frame is held, or when the broker has it on the dead-letter topic; never once this instance
     *         stops, so that the channel, which waits, asks for no more
     */
    public CompletionStage<Void> take(Message<byte[]> message) {
        try {
            hold(message);
            return CompletableFuture.completedStage(null);
        } catch (DecodeException e) {
            return refuse(message, "decode", e);
        } catch (UnroutableException e) {
            return refuse(message, e.reason(), e);
        } catch (IntakeEndedException e) {
            LOG.debug(e.getMessage());
            return new CompletableFuture<>();
        } catch (RuntimeException | StackOverflowError e) {
            LOG.errorf(e, "intake failed");
            return refuse(message, "internal-fault", e);
        }
    }

    private void hold(Message<byte[]> message) {
        long start = System.nanoTime();
        DicomObject dicom = reader.readObject(payload(message));
        IncomingKafkaRecordMetadata<?, ?> record = message.getMetadata(IncomingKafkaRecordMetadata.class)
                .orElseThrow(() -> new IllegalStateException("frames come from Kafka"));
        long bytes = requireAffordable(reader.pixelBytes(dicom), message.getPayload().length);
        List<Frame> frames = reader.frames(dicom, record.getTimestamp());
        HeldFrame held = new HeldFrame(message, record.getPartition(), record.getOffset(), record.getTimestamp(),
                dicom.withoutPixelData(), bytes);
        metrics.recordStage(Stage.DECODE, Duration.ofNanos(System.nanoTime() - start));
        ProcedureLine line = lookup.find(frames.get(0), held.sentAt());
        if (!custody.hasRoomFor(held)) {
            desk.relieve(custody.limit() / GATHERED_SHARE);
        }
        if (custody.take(held, frames.size())) {
            frames.forEach(frame -> line.offer(frame, held));
        }
    }

    /** What would not fit if nothing else were held. */
    private long requireAffordable(long pixelBytes, int payload) {
        if (pixelBytes > custody.limit() - payload) {
            throw new UnroutableException("too-large", "this instance takes " + (pixelBytes + payload)
                    + " bytes once decoded, at most " + custody.limit()
                    + " are held; send fewer frames in one, or give the service a larger heap");
        }
        return pixelBytes;
    }

    private static byte[] payload(Message<byte[]> message) {
        if (message.getPayload() == null) {
            throw new DecodeException("a frame's record must hold a DICOM instance, got an empty value");
        }
        return message.getPayload();
    }

    private CompletionStage<Void> refuse(Message<byte[]> message, String reason, Throwable why) {
        metrics.countDeadLettered(reason);
        LOG.debugf("frame refused: %s", why.getMessage());
        return message.nack(why).exceptionally(failure -> {
            LOG.errorf(failure,
                    "a refused frame did not reach the dead-letter topic; it comes again after the next start");
            return null;
        });
    }
}
