package org.regstream.demo;

import io.quarkus.arc.Arc;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.regstream.core.RegstreamException;
import org.regstream.service.page.PageFeed;

/** The service in this process, on a thread of its own, reached by HTTP as from anywhere else. Once a process. */
final class InProcessService implements AutoCloseable {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);
    private static final long PROBE_EVERY_MILLIS = 100;

    private final URI address;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PROBE_TIMEOUT).build();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private InProcessService(URI address) {
        this.address = address;
    }

    /**
     * @param settings  of the service, set as system properties
     * @param port      loopback port for HTTP
     * @param timeout   longest wait until it is ready
     * @param isStopped whether to give up
     * @throws RegstreamException if it is not ready in time; the message tells why
     */
    static InProcessService start(Map<String, String> settings, int port, Duration timeout,
            BooleanSupplier isStopped) {
        settings.forEach(System::setProperty);
        System.setProperty("quarkus.http.host", "127.0.0.1");
        System.setProperty("quarkus.http.port", String.valueOf(port));
        InProcessService service = new InProcessService(URI.create("http://127.0.0.1:" + port));
        new Thread(service::run, "service").start();
        try {
            service.awaitReady(timeout, isStopped);
            return service;
        } catch (RegstreamException e) {
            service.close();
            throw e;
        }
    }

    URI address() {
        return address;
    }

    /** What pages show, while the service runs. */
    PageFeed pages() {
        return Arc.container().instance(PageFeed.class).get();
    }

    private void run() {
        try {
            Quarkus.run(null, (code, reason) -> failure.compareAndSet(null, reason));
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        } finally {
            ended.countDown();
        }
    }

    private void awaitReady(Duration timeout, BooleanSupplier isStopped) {
        long end = System.nanoTime() + timeout.toNanos();
        String last = "no answer";
        while (System.nanoTime() - end < 0 && !isStopped.getAsBoolean()) {
            try {
                if (ended.await(PROBE_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new RegstreamException("the service did not start: " + reason(), failure.get());
                }
                HttpResponse<String> answer = http.send(HttpRequest.newBuilder(address.resolve("/q/health/ready"))
                        .timeout(PROBE_TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    return;
                }
                last = answer.body();
            } catch (IOException e) {
                last = String.valueOf(e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RegstreamException("interrupted while the service was to start", e);
            }
        }
        throw new RegstreamException("the service was not ready within " + timeout.toSeconds() + " s: " + last);
    }

    /** The innermost cause says it best. */
    private String reason() {
        Throwable cause = failure.get();
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause == null ? "it ended by itself" : cause.getMessage();
    }

    /** Stops the service and waits for its end, 20 s at most. */
    @Override
    public void close() {
        Quarkus.asyncExit(0);
        try {
            if (!ended.await(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new RegstreamException("the service did not stop within " + STOP_TIMEOUT.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
