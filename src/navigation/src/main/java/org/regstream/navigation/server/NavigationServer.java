package org.regstream.navigation.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.regstream.core.ConfigurationException;
import org.regstream.core.Spans;
import org.regstream.core.Unattended;
import org.regstream.navigation.HeaderVersion;
import org.regstream.navigation.Status;

/**
 * Listens, keeps the newest parcels, and hands each to every client. A new client gets what there is, then whatever comes.
 * Thread-safe.
 */
public final class NavigationServer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(NavigationServer.class);
    private static final int BACKLOG = 16;
    /** What lies in the system's buffer is not replaced by anything newer: little for a slow client, enough for a quick one. */
    private static final int SEND_BUFFER = 1 << 18;
    private static final long WATCH_MILLIS = 250;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(1);
    private static final String DEVICE = "regstream";

    private final NavigationSettings settings;
    private final NavigationMetrics metrics;
    private final Clock clock;
    private final ServerSocket listening;
    private final Shelf shelf = new Shelf();
    private final Answers answers;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final AtomicInteger numbers = new AtomicInteger();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            work -> daemon("igtl-ticker", work));
    private final Thread accepting = daemon("igtl-accept", this::accept);
    private volatile boolean isStopping;

    private NavigationServer(NavigationSettings settings, NavigationMetrics metrics, Clock clock,
            ServerSocket listening) {
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
        this.listening = listening;
        this.answers = new Answers(shelf, clock);
    }

    /**
     * @param metrics called from its threads
     * @throws ConfigurationException if it cannot listen there
     */
    public static NavigationServer start(NavigationSettings settings, NavigationMetrics metrics, Clock clock) {
        NavigationServer server = new NavigationServer(settings, metrics, clock, listen(settings));
        server.accepting.start();
        server.ticker.scheduleWithFixedDelay(Unattended.of(server::closeStuckClients), WATCH_MILLIS, WATCH_MILLIS,
                TimeUnit.MILLISECONDS);
        LOG.infof("OpenIGTLink for up to %d clients at %s", settings.maxClients(),
                server.listening.getLocalSocketAddress());
        return server;
    }

    private static ServerSocket listen(NavigationSettings settings) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port()), BACKLOG);
            return socket;
        } catch (IOException e) {
            throw new ConfigurationException("OpenIGTLink cannot listen at " + settings.host() + " port "
                    + settings.port() + ": " + e.getMessage()
                    + "; choose another with regstream.navigation.host and .port (3D Slicer and PLUS use 18944 too)",
                    e);
        }
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Calls back at each heartbeat, on one thread; what it throws is logged, an Error goes to the thread's handler of what nobody caught. */
    public void onHeartbeat(Runnable beat) {
        ticker.scheduleWithFixedDelay(Unattended.of(() -> guarded(beat)), 0, settings.heartbeat().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private static void guarded(Runnable beat) {
        try {
            beat.run();
        } catch (RuntimeException e) {
            LOG.error("the OpenIGTLink heartbeat failed", e);
        }
    }

    /** @return the port it listens on */
    public int port() {
        return listening.getLocalPort();
    }

    /** @return clients connected now */
    public int clients() {
        return clients.size();
    }

    /** @return parcels that wait for the client who has most of them */
    int mostWaiting() {
        return clients.stream().mapToInt(Client::waiting).max().orElse(0);
    }

    /** Hands the parcel to every client, and to those who come later; returns at once. */
    synchronized void publish(Parcel parcel) {
        shelf.put(parcel);
        clients.forEach(c -> c.offer(parcel));
    }

    /** Forgets parcels: new clients do not get them any more. */
    synchronized void forget(Predicate<String> keys) {
        shelf.remove(keys);
    }

    private void accept() {
        while (!isStopping) {
            try {
                admit(listening.accept());
            } catch (IOException | RuntimeException e) {
                if (!isStopping) {
                    LOG.warnf("an OpenIGTLink client could not be accepted: %s", e.getMessage());
                }
            }
        }
    }

    private void admit(Socket socket) throws IOException {
        if (clients.size() >= settings.maxClients()) {
            refuse(socket);
            return;
        }
        socket.setSendBufferSize(SEND_BUFFER);
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        Client client = new Client(numbers.incrementAndGet(), socket, settings, metrics, answers);
        enter(client);
        client.start(() -> clients.remove(client));
    }

    /** Under the lock, so that no parcel comes between what there is and what comes. */
    private synchronized void enter(Client client) {
        shelf.parcels().forEach(client::offer);
        clients.add(client);
    }

    /** The buffer of a fresh connection holds this, so it does not wait. */
    private void refuse(Socket socket) throws IOException {
        try (socket) {
            metrics.countRefused();
            LOG.warnf("an OpenIGTLink client is refused: %d are connected (regstream.navigation.max-clients)",
                    settings.maxClients());
            Outgoing full = status(Status.Code.RESOURCES, "FULL", "There are as many clients as are allowed.");
            socket.getOutputStream()
                    .write(full.bytes(HeaderVersion.PROTOCOL_2, settings.maxMessageBytes()).orElseThrow());
        }
    }

    private void closeStuckClients() {
        long now = System.nanoTime();
        clients.stream().filter(c -> c.isStuck(now)).forEach(c -> c.close(CloseReason.SLOW,
                "it took nothing for " + Spans.inWords(settings.writeTimeout())
                        + " (regstream.navigation.write-timeout)"));
    }

    private Outgoing status(Status.Code code, String name, String message) {
        return Outgoing.of(DEVICE, clock.instant(), new Status(code, 0, name, message));
    }

    /** Tells every client that it stops, and ends within a second. */
    @Override
    public void close() {
        isStopping = true;
        ticker.shutdownNow();
        try {
            listening.close();
        } catch (IOException e) {
            LOG.debugf("the listening socket did not close: %s", e.getMessage());
        }
        List<Client> all = List.copyOf(clients);
        Parcel bye = Parcel.direct("stop", status(Status.Code.SHUT_DOWN, "STOP", "The service stops."));
        all.forEach(c -> c.finish(bye));
        awaitEnd(all);
        all.forEach(c -> c.close(CloseReason.STOPPED, "the server stops"));
    }

    /** The port is free once nobody waits at it any more. */
    private void awaitEnd(List<Client> all) {
        long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
        try {
            accepting.join(STOP_LIMIT.toMillis());
            for (Client client : all) {
                client.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
