package org.regstream.navigation.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.regstream.core.DecodeException;
import org.regstream.core.Spans;
import org.regstream.navigation.Crc64;
import org.regstream.navigation.Extension;
import org.regstream.navigation.HeaderVersion;
import org.regstream.navigation.MessageHeader;

/**
 * Reads what a client sends: waits for a message as long as it takes, then wants all of it within a time limit. A body is checked
 * and let go piece by piece, so that its size costs no memory. Not thread-safe.
 */
final class QuestionReader {

    private static final int PIECE = 8192;

    private final Socket socket;
    private final InputStream in;
    private final long maxBody;
    private final Duration limit;
    private final byte[] piece = new byte[PIECE];
    private long deadline;

    /** @param socket  referenced, not owned
     *  @param maxBody bytes, 0 or more
     *  @param limit   from the first byte of a message to its last, positive */
    QuestionReader(Socket socket, long maxBody, Duration limit) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.maxBody = maxBody;
        this.limit = limit;
    }

    /**
     * @return the next message; empty if the client has left between two
     * @throws DecodeException if it is none, too large, too slow, or its checksum is wrong
     * @throws EOFException if the client has left inside one
     */
    Optional<Question> next() throws IOException {
        socket.setSoTimeout(0);
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        deadline = System.nanoTime() + limit.toNanos();
        piece[0] = (byte) first;
        fill(1, MessageHeader.SIZE);
        MessageHeader header = MessageHeader.decode(ByteBuffer.wrap(piece));
        if (header.bodySize() > maxBody) {
            throw new DecodeException("a body of " + header.bodySize() + " bytes came with " + header.type()
                    + ", at most " + maxBody + " are taken (regstream.navigation.max-received-bytes)");
        }
        return Optional.of(new Question(header, body(header)));
    }

    /** @return the message's id */
    private int body(MessageHeader header) throws IOException {
        Crc64 crc = new Crc64();
        int id = 0;
        for (long at = 0; at < header.bodySize(); at += PIECE) {
            int size = (int) Math.min(PIECE, header.bodySize() - at);
            fill(0, size);
            crc.update(ByteBuffer.wrap(piece, 0, size));
            if (at == 0 && header.version() == HeaderVersion.PROTOCOL_3) {
                id = Extension.messageId(ByteBuffer.wrap(piece, 0, size), header.bodySize());
            }
        }
        if (crc.value() != header.crc()) {
            throw new DecodeException("the checksum of a " + header.type() + " of " + header.bodySize()
                    + " bytes is wrong; the sender lost its place, or computes another CRC-64 than ECMA-182's");
        }
        return id;
    }

    private void fill(int from, int to) throws IOException {
        for (int at = from; at < to;) {
            int got = read(at, to - at);
            if (got < 0) {
                throw new EOFException("the connection ended inside a message");
            }
            at += got;
        }
    }

    private int read(int at, int size) throws IOException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
            throw tooSlow();
        }
        try {
            socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
            return in.read(piece, at, size);
        } catch (SocketTimeoutException e) {
            throw tooSlow();
        }
    }

    private DecodeException tooSlow() {
        return new DecodeException(
                "a message was not whole after " + Spans.inWords(limit) + " (regstream.navigation.read-timeout)");
    }
}
