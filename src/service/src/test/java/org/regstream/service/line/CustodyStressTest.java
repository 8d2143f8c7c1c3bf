package org.regstream.service.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.regstream.dicom.DicomObject;

/** What lines, intake and rebalances share. */
class CustodyStressTest {

    private static final int PARTITIONS = 3;
    private static final int VOLUMES = 2000;
    private static final int FRAMES = 5;

    private final Custody custody = new Custody(new HeldBytes(1 << 20), () -> Duration.ZERO);
    private final ExecutorService threads = Executors.newFixedThreadPool(PARTITIONS + 1);
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger notTaken = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** Each partition is a line's; partition 0 comes and goes all the time. */
    @Test
    void shouldGiveBackEveryFrameAtMostOnceAndAllOfTheMemory() throws Exception {
        List<Future<?>> lines = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int own = partition;
            lines.add(threads.submit(() -> line(own)));
        }
        Future<?> rebalances = threads.submit(this::rebalances);
        for (Future<?> line : lines) {
            line.get(60, TimeUnit.SECONDS);
        }
        rebalances.cancel(true);

        custody.revoke(List.of(0));
        assertThat(custody.frames()).isZero();
        assertThat(custody.heldBytes()).isZero();
        int whole = (PARTITIONS - 1) * VOLUMES * FRAMES;
        assertThat(acknowledged.get() + refused.get()).isBetween(whole, whole + VOLUMES * FRAMES - notTaken.get());
    }

    private void line(int partition) {
        SplittableRandom random = new SplittableRandom(partition);
        long offset = 0;
        for (int volume = 0; volume < VOLUMES; volume++) {
            List<HeldFrame> frames = new ArrayList<>();
            for (int n = 0; n < FRAMES; n++) {
                HeldFrame frame = frame(partition, offset++);
                if (custody.take(frame, 1)) {
                    frames.add(frame);
                } else {
                    notTaken.incrementAndGet();
                }
            }
            if (random.nextInt(8) == 0) {
                frames.forEach(frame -> custody.refuse(frame, new IllegalStateException("no")));
            } else {
                custody.settle(frames);
                custody.settle(frames);
            }
        }
    }

    private void rebalances() {
        while (!Thread.interrupted()) {
            custody.revoke(List.of(0));
            Thread.yield();
            custody.assign(List.of(0));
            Thread.yield();
        }
    }

    private HeldFrame frame(int partition, long offset) {
        AtomicInteger done = new AtomicInteger();
        return new HeldFrame(Message.of(new byte[100], () -> count(done, acknowledged), why -> count(done, refused)),
                partition, offset, Instant.EPOCH, DicomObject.builder().build(), 1000);
    }

    /** @param done how often the frame was given back */
    private static CompletableFuture<Void> count(AtomicInteger done, AtomicInteger all) {
        assertThat(done.incrementAndGet()).as("given back").isOne();
        all.incrementAndGet();
        return CompletableFuture.completedFuture(null);
    }
}
