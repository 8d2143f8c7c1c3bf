package org.regstream.gateway.operate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.regstream.core.ConfigurationException;

/**
 * Answers {@code /health/live}, {@code /health/ready} (200 or 503) and {@code /metrics}. Ready means: listening, not
 * stopping, and the topic can be written.
 */
public final class StatusServer implements AutoCloseable {

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final String JSON = "application/json";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(StatusServer::daemon);

    private StatusServer(HttpServer server) {
        this.server = server;
    }

    /**
     * @param address where to listen; port 0 for any free one
     * @throws ConfigurationException if the port is taken
     */
    public static StatusServer start(InetSocketAddress address, BooleanSupplier ready, Supplier<String> metrics) {
        try {
            StatusServer status = new StatusServer(HttpServer.create(address, 0));
            status.answer("/health/live", () -> true);
            status.answer("/health/ready", ready);
            status.server.createContext("/metrics", e -> reply(e, OK, PROMETHEUS, metrics.get()));
            status.server.setExecutor(status.worker);
            status.server.start();
            return status;
        } catch (IOException e) {
            throw new ConfigurationException("port " + address.getPort()
                    + " for health and metrics cannot be opened; stop the program that uses it or set --http-port", e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        worker.shutdownNow();
    }

    private void answer(String path, BooleanSupplier up) {
        server.createContext(path, exchange -> {
            boolean now = up.getAsBoolean();
            reply(exchange, now ? OK : UNAVAILABLE, JSON, "{\"status\":\"" + (now ? "UP" : "DOWN") + "\"}\n");
        });
    }

    private static void reply(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "status");
        thread.setDaemon(true);
        return thread;
    }
}
