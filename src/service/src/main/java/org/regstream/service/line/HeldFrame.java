package org.regstream.service.line;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.regstream.core.line.Token;
import org.regstream.dicom.DicomObject;

/**
 * A record of the frames' topic between intake and acknowledgement; compared by identity. An enhanced instance can belong
 * to several volumes: then it stands in each of them.
 */
public final class HeldFrame implements Token {
    private final Message<byte[]> message;
    private final int partition;
    private final long offset;
    private final Instant sentAt;
    private final DicomObject header;
    private final int size;
    private final AtomicInteger held;

    /**
     * @param message    to acknowledge
     * @param partition  of the topic
     * @param offset     in the partition
     * @param sentAt     the record's time stamp
     * @param header     the instance without its pixel data
     * @param pixelBytes of its decoded pixels
     */
    public HeldFrame(Message<byte[]> message, int partition, long offset, Instant sentAt, DicomObject header,
            long pixelBytes) {
        this.message = message;
        this.partition = partition;
        this.offset = offset;
        this.sentAt = sentAt;
        this.header = header;
        this.size = (int) Math.min(Integer.MAX_VALUE, message.getPayload().length + pixelBytes);
        this.held = new AtomicInteger(size);
    }

    public Message<byte[]> message() {
        return message;
    }

    @Override
    public int partition() {
        return partition;
    }

    public long offset() {
        return offset;
    }

    @Override
    public Instant sentAt() {
        return sentAt;
    }

    /** The instance without its pixel data; results name it as their source. */
    public DicomObject header() {
        return header;
    }

    /** What it takes of memory, as it came and decoded, bytes. */
    public int size() {
        return size;
    }

    /** @return what it takes as it came, bytes: of more than that nobody has need once its volumes are out */
    int payloadBytes() {
        return message.getPayload().length;
    }

    /** From now on it takes no more than so many bytes.
     *  @return what it took before */
    int shrinkTo(int bytes) {
        return held.getAndUpdate(now -> Math.min(now, bytes));
    }

    /** @return of each frame */
    static List<DicomObject> headers(Collection<HeldFrame> frames) {
        return frames.stream().map(HeldFrame::header).toList();
    }

    /** Where it lies; the payload is patient data. */
    @Override
    public String toString() {
        return "frame at partition " + partition + " offset " + offset;
    }
}
