package org.regstream.navigation.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.regstream.navigation.Crc64;
import org.regstream.navigation.HeaderVersion;
import org.regstream.navigation.Message;
import org.regstream.navigation.MessageHeader;
import org.regstream.navigation.Nothing;

/** A client that reads what comes and can say anything. */
final class TestClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;
    /** For one message among others, which may beat for ever. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Socket socket;
    private final DataInputStream in;

    /** A message as it came, its checksum checked. */
    record Received(MessageHeader header, byte[] body) {

        boolean is(String type, String device) {
            return header.type().equals(type) && header.device().equals(device);
        }

        String text(int from) {
            return new String(body, from, body.length - from, StandardCharsets.US_ASCII);
        }
    }

    private TestClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    static TestClient to(NavigationServer server) {
        return to(server, 1 << 18);
    }

    /** @param buffer of the system, for what was not read yet */
    static TestClient to(NavigationServer server, int buffer) {
        try {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(buffer);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            socket.setSoTimeout(PATIENCE_MILLIS);
            return new TestClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void ask(String type, String device) {
        say(Message.of(device, Instant.EPOCH, new Nothing(type)).encode(HeaderVersion.PROTOCOL_2));
    }

    void say(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Received next() {
        try {
            byte[] header = new byte[MessageHeader.SIZE];
            in.readFully(header);
            MessageHeader decoded = MessageHeader.decode(ByteBuffer.wrap(header));
            byte[] body = new byte[(int) decoded.bodySize()];
            in.readFully(body);
            assertThat(Crc64.of(body, 0)).as("checksum of %s", decoded.type()).isEqualTo(decoded.crc());
            return new Received(decoded, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Passes over other messages, for a while. */
    Received until(String type, String device) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Received received = next();
        while (!received.is(type, device)) {
            assertThat(System.nanoTime()).as("%s %s within %s", type, device, PATIENCE).isLessThan(deadline);
            received = next();
        }
        return received;
    }

    /** Reads on until the server has closed the connection. */
    boolean isClosedByServer() {
        try {
            byte[] rest = new byte[1 << 16];
            while (in.read(rest) >= 0) {
                // what was under way
            }
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            // a reset is an end as well
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
