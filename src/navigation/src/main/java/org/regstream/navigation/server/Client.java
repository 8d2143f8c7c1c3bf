package org.regstream.navigation.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.regstream.core.DecodeException;
import org.regstream.navigation.HeaderVersion;

/**
 * One connection: a thread that sends what lies in its outbox, and one that reads questions. Nothing it does or fails to do is
 * felt by another. It speaks protocol 2 until the client has shown that it knows protocol 3. Thread-safe.
 */
final class Client {

    private static final Logger LOG = Logger.getLogger(Client.class);
    /** A result for each of so many procedures, and so many alerts and answers. */
    private static final int WAITING_PARCELS = 64;
    private static final int PIECE = 1 << 16;
    private static final long IDLE = Long.MIN_VALUE;

    private final int number;
    private final Socket socket;
    private final NavigationSettings settings;
    private final NavigationMetrics metrics;
    private final Answers answers;
    private final Outbox outbox = new Outbox(WAITING_PARCELS);
    private final Subscriptions subscriptions = new Subscriptions();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final Thread writer;
    private volatile HeaderVersion version = HeaderVersion.PROTOCOL_2;
    /** When the client last took something of what is being sent; {@link #IDLE} while nothing is. */
    private volatile long progressAt = IDLE;

    /** @param socket owned by this */
    Client(int number, Socket socket, NavigationSettings settings, NavigationMetrics metrics, Answers answers) {
        this.number = number;
        this.socket = socket;
        this.settings = settings;
        this.metrics = metrics;
        this.answers = answers;
        this.writer = thread("send", this::send);
    }

    /** @param onClosed called once, when the connection has ended */
    void start(Runnable onClosed) {
        LOG.infof("%s connected from %s", this, socket.getRemoteSocketAddress());
        thread("receive", () -> {
            try {
                receive();
            } finally {
                onClosed.run();
            }
        }).start();
        writer.start();
    }

    private Thread thread(String role, Runnable work) {
        Thread thread = new Thread(work, "igtl-" + number + "-" + role);
        thread.setDaemon(true);
        return thread;
    }

    /** Hands a parcel to this client; returns at once. */
    void offer(Parcel parcel) {
        int dropped = outbox.offer(parcel);
        if (dropped > 0) {
            metrics.countDropped(dropped);
        }
    }

    /** @return parcels that wait */
    int waiting() {
        return outbox.size();
    }

    /** Whether the client has taken nothing for longer than is allowed. */
    boolean isStuck(long now) {
        long since = progressAt;
        return since != IDLE && now - since > settings.writeTimeout().toNanos();
    }

    private void send() {
        try {
            for (Optional<Parcel> parcel = outbox.take(); parcel.isPresent(); parcel = outbox.take()) {
                send(parcel.get());
            }
            close(CloseReason.STOPPED, "the server stops");
        } catch (IOException e) {
            close(CloseReason.FAILED, "sending failed: " + e.getMessage());
        } catch (InterruptedException e) {
            close(CloseReason.FAILED, "its sender was interrupted");
        } finally {
            // without a sender a connection would look alive and be dead
            close(CloseReason.FAILED, "its sender ended");
        }
    }

    /**
     * An alert does not wait for the rest of a result: what is more urgent goes between two messages. A result that is taken back
     * meanwhile ends there.
     */
    private void send(Parcel parcel) throws IOException {
        for (Outgoing message : parcel.messages()) {
            for (Optional<Parcel> first = outbox.poll(parcel.lane()); first.isPresent(); first = outbox
                    .poll(parcel.lane())) {
                send(first.get());
                if (first.get().key().equals(parcel.key())) {
                    return;
                }
            }
            if (parcel.lane() == Parcel.Lane.DIRECT || subscriptions.isOn(message)) {
                send(message);
            }
        }
    }

    private void send(Outgoing message) throws IOException {
        Optional<byte[]> bytes = message.bytes(version, settings.maxMessageBytes());
        if (bytes.isPresent()) {
            send(bytes.get());
            metrics.countSent();
        }
    }

    private void send(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        try {
            for (int at = 0; at < bytes.length; at += PIECE) {
                progressAt = System.nanoTime();
                out.write(bytes, at, Math.min(PIECE, bytes.length - at));
            }
        } finally {
            progressAt = IDLE;
        }
    }

    private void receive() {
        try {
            QuestionReader questions = new QuestionReader(socket, settings.maxReceivedBytes(), settings.readTimeout());
            for (Optional<Question> q = questions.next(); q.isPresent(); q = questions.next()) {
                if (q.get().header().version() == HeaderVersion.PROTOCOL_3) {
                    version = HeaderVersion.PROTOCOL_3;
                }
                answers.to(q.get(), subscriptions).ifPresent(this::offer);
            }
            close(CloseReason.LEFT, "the client left");
        } catch (DecodeException | EOFException e) {
            close(CloseReason.INVALID, e.getMessage());
        } catch (IOException e) {
            close(CloseReason.LEFT, "receiving ended: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s: a question could not be answered", this);
            close(CloseReason.FAILED, "a question could not be answered");
        }
    }

    /** Ends the connection at once; the first reason counts. */
    void close(CloseReason reason, String explanation) {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        LOG.infof("%s closed (%s): %s", this, reason.tag(), explanation);
        metrics.countClosed(reason);
        outbox.close();
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debugf("%s: closing failed: %s", this, e.getMessage());
        }
    }

    /** Sends one more parcel after the message that is being sent, and then ends the connection. */
    void finish(Parcel last) {
        outbox.closeAfter(last);
    }

    /** Waits until the last parcel is sent, or for so long. */
    void awaitEnd(Duration limit) throws InterruptedException {
        writer.join(Math.max(1, limit.toMillis()));
    }

    @Override
    public String toString() {
        return "OpenIGTLink client " + number;
    }
}
