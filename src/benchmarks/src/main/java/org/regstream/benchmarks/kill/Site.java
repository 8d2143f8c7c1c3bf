package org.regstream.benchmarks.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.regstream.core.RegstreamException;

/** A broker and instances of the service, each a process that is started again whenever it has ended. */
final class Site implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final int KEEP_MILLIS = 100;
    private static final int PROBE_MILLIS = 200;
    private static final Duration UP_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(25);
    /** Small machines that start soon. */
    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final int brokerPort = freePort();
    private final KeptProcess broker;
    private final List<URI> addresses = new ArrayList<>();
    private final List<KeptProcess> instances = new ArrayList<>();
    private final ServiceClient client;
    private final ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor();

    /**
     * @param app       {@code quarkus-run.jar}
     * @param model     package
     * @param folder    of records and logs
     * @param instances of the service. The first has a name of its own in the consumer group, as in {@code k8s/}, the others have none
     */
    Site(Path app, Path model, Path folder, int instances) {
        broker = new KeptProcess(java("-Xmx512m", "-cp", System.getProperty("java.class.path"),
                BrokerMain.class.getName(), folder.resolve("broker").toString(), String.valueOf(brokerPort)),
                folder.resolve("broker-temporary"), folder.resolve("broker.log"));
        for (int n = 0; n < instances; n++) {
            int port = freePort();
            addresses.add(URI.create("http://" + HOST + ":" + port));
            List<String> name = n == 0
                    ? List.of("-D", "mp.messaging.incoming.frames.group.instance.id=regstream-0")
                    : List.of();
            this.instances.add(new KeptProcess(Stream.concat(java("-Xmx384m", "-jar", app.toString(), "serve",
                    "--bootstrap", bootstrap(), "--model", model.toString(), "--port", String.valueOf(port)).stream(),
                    name.stream()).toList(), folder.resolve("service-" + n + "-temporary"),
                    folder.resolve("service-" + n + ".log")));
        }
        client = new ServiceClient(addresses);
    }

    private static List<String> java(String... arguments) {
        return Stream.concat(SMALL.stream(), Stream.of(arguments)).toList();
    }

    String bootstrap() {
        return HOST + ":" + brokerPort;
    }

    ServiceClient client() {
        return client;
    }

    /** Starts the broker, then the instances, and keeps them. */
    void open() throws InterruptedException {
        keeper.scheduleWithFixedDelay(broker::keep, 0, KEEP_MILLIS, TimeUnit.MILLISECONDS);
        awaitBroker();
        instances.forEach(i -> keeper.scheduleWithFixedDelay(i::keep, 0, KEEP_MILLIS, TimeUnit.MILLISECONDS));
        awaitUp();
    }

    /** Waits until all of it is up. */
    void awaitUp() throws InterruptedException {
        awaitBroker();
        for (URI address : addresses) {
            await("the instance at " + address, () -> Optional.of(address).filter(client::isStarted));
        }
    }

    /** Waits until what it is about is up, and then does it; another instance is as good as one that is not up yet. */
    void suffer(Fault fault) throws InterruptedException {
        if (fault.kind() == Fault.Kind.SERVICE_KILLED) {
            Thread.sleep(fault.after().toMillis());
            await("an instance", () -> startedFrom(fault.instance())).kill(fault.down());
            return;
        }
        awaitBroker();
        Thread.sleep(fault.after().toMillis());
        if (fault.kind() == Fault.Kind.BROKER_KILLED) {
            broker.kill(fault.down());
        } else {
            broker.stop(STOP_LIMIT, fault.down());
        }
    }

    /** @return the first from this one on that is started */
    private Optional<KeptProcess> startedFrom(int instance) {
        return IntStream.range(instance, instance + instances.size()).map(n -> n % instances.size())
                .filter(n -> client.isStarted(addresses.get(n))).mapToObj(instances::get).findFirst();
    }

    /** @return how often instances ended without having been told to */
    int ownEnds() {
        return instances.stream().mapToInt(KeptProcess::ownEnds).sum();
    }

    private void awaitBroker() throws InterruptedException {
        await("the broker", () -> Optional.of(brokerPort).filter(Site::isListening));
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(HOST, port), PROBE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static <T> T await(String what, Supplier<Optional<T>> up) throws InterruptedException {
        Optional<T> found = up.get();
        for (long limit = System.nanoTime() + UP_LIMIT.toNanos(); found.isEmpty(); found = up.get()) {
            if (System.nanoTime() - limit > 0) {
                throw new RegstreamException(what + " is not up within " + UP_LIMIT + "; look at its log");
            }
            Thread.sleep(PROBE_MILLIS);
        }
        return found.orElseThrow();
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free", e);
        }
    }

    @Override
    public void close() {
        keeper.shutdownNow();
        instances.forEach(KeptProcess::close);
        broker.close();
    }
}
