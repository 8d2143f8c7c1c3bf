package org.regstream.navigation.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Twenty clients, one of which reads nothing: the others do not feel it. */
class SlowClientTest {

    private static final int CLIENTS = 20;
    private static final int ROUNDS = 5;
    private static final int VOLUMES = 12;
    /** Of the lanes together. */
    private static final int CAPACITY = 3 * 64;
    /** Neither phase differs from the other in anything but the mute client; the bound leaves room for a busy machine. */
    private static final double RATIO = 4;

    /** A fifth of what the 120 results of this test hold together. */
    private static final long FLAT_BYTES = 8 << 20;

    private final Scenes scenes = new Scenes(24, 32, 24, 24);
    private final CountingMetrics metrics = new CountingMetrics();
    private long sequence;

    @Test
    void shouldDeliverToTheOthersWhileOneReadsNothing() throws Exception {
        try (NavigationServer server = NavigationServer.start(
                Scenes.settings(CLIENTS + 4, Duration.ofSeconds(5), Duration.ofMinutes(5)), metrics, Scenes.CLOCK)) {
            NavigationFeed feed = new NavigationFeed(server, Optional.empty(), a -> "", Scenes.CLOCK);
            List<Reader> readers = new ArrayList<>();
            for (int n = 0; n < CLIENTS - 1; n++) {
                readers.add(new Reader(server));
            }
            await().until(() -> server.clients() == CLIENTS - 1);
            deliver(feed, readers);
            long before = usedHeap();

            // when: in turns, so that what else the machine does falls on both
            List<Long> alone = new ArrayList<>();
            List<Long> beside = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                for (int v = 0; v < VOLUMES; v++) {
                    alone.addAll(deliver(feed, readers));
                }
                try (TestClient mute = TestClient.to(server, 4096)) {
                    await().until(() -> server.clients() == CLIENTS);
                    for (int v = 0; v < VOLUMES; v++) {
                        beside.addAll(deliver(feed, readers));
                        assertThat(server.mostWaiting()).isLessThanOrEqualTo(CAPACITY);
                    }
                    assertThat(server.mostWaiting()).as("what waits for %s: one result, one status", mute)
                            .isBetween(1, 2);
                }
                await().until(() -> server.clients() == CLIENTS - 1);
            }

            // then
            long growth = usedHeap() - before;
            double ratio = median(beside) / (double) median(alone);
            System.out.printf(Locale.ROOT,
                    "OpenIGTLink, %d clients: median delay %.2f ms, beside one that reads nothing %.2f ms, ratio %.2f; "
                            + "%d messages sent, %d dropped for the one; heap %+.1f MiB%n",
                    CLIENTS, median(alone) / 1e6, median(beside) / 1e6, ratio, metrics.sent.get(),
                    metrics.dropped.get(), growth / (double) (1 << 20));
            assertThat(growth).as("memory that clients hold").isLessThan(FLAT_BYTES);
            assertThat(ratio).isLessThan(RATIO);
            assertThat(metrics.dropped.get()).as("only the mute client lost messages, and it did").isPositive();
            readers.forEach(Reader::close);
        }
    }

    /** Publishes a result and waits until every reader has the last of its messages.
     *  @return delay of each, ns */
    private List<Long> deliver(NavigationFeed feed, List<Reader> readers) throws InterruptedException {
        CountDownLatch all = new CountDownLatch(readers.size());
        List<Long> delays = Collections.synchronizedList(new ArrayList<>());
        sequence++;
        long start = System.nanoTime();
        readers.forEach(r -> r.expect(sequence, () -> {
            delays.add(System.nanoTime() - start);
            all.countDown();
        }));
        feed.onResult(scenes.result("p1", sequence));
        assertThat(all.await(30, TimeUnit.SECONDS)).as("every reader has result %d", sequence).isTrue();
        return delays;
    }

    /** After a collection. */
    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long median(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    /** A client that reads all it gets, on a thread of its own. */
    private static final class Reader implements AutoCloseable {
        private final TestClient client;
        private volatile long expected;
        private volatile Runnable onArrival = () -> {
        };

        Reader(NavigationServer server) {
            client = TestClient.to(server);
            Thread thread = new Thread(this::read, "reader");
            thread.setDaemon(true);
            thread.start();
        }

        void expect(long sequence, Runnable arrival) {
            onArrival = arrival;
            expected = sequence;
        }

        private void read() {
            try {
                while (true) {
                    TestClient.Received got = client.until("IMAGE", "Deformation_p1");
                    if (got.header().time().equals(Scenes.START.plusSeconds(expected))) {
                        onArrival.run();
                    }
                }
            } catch (java.io.UncheckedIOException e) {
                // closed by the test, or the latch tells that something is missing
                onArrival = () -> {
                };
            }
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
