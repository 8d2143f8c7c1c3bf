package org.regstream.service.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Sends volumes slice by slice at a steady pace, the slices of a volume spread over its time, as a scanner does. The next
 * volume is made in the second half of the present one's time, so that its making does not slow the registration of the
 * last one. Runs on one thread until it is interrupted.
 */
final class Scanner implements Runnable {

    /** Told of each volume, on the scanner's thread, just before its last slice is handed over. */
    @FunctionalInterface
    interface Listener {
        void onLastSlice(LiveVolume volume, long nanoTime);
    }

    private final LiveSource source;
    private final FrameSender sender;
    private final Duration period;
    private final Listener listener;

    /** @param period from one volume to the next, positive */
    Scanner(LiveSource source, FrameSender sender, Duration period, Listener listener) {
        this.source = source;
        this.sender = sender;
        this.period = period;
        this.listener = listener;
    }

    @Override
    public void run() {
        ExecutorService maker = Executors.newSingleThreadExecutor(Scanner::daemon);
        try {
            LiveVolume volume = source.volume(1, Instant.now());
            long start = System.nanoTime();
            while (true) {
                volume = send(volume, start, maker);
                start += period.toNanos();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            maker.shutdownNow();
        }
    }

    /** @return the next volume */
    private LiveVolume send(LiveVolume volume, long start, ExecutorService maker) throws InterruptedException {
        int slices = volume.instances().size();
        CompletableFuture<LiveVolume> next = null;
        for (int slice = 0; slice < slices; slice++) {
            if (slice == slices / 2) {
                next = CompletableFuture.supplyAsync(
                        () -> source.volume(volume.number() + 1, Instant.now().plus(period.dividedBy(2))), maker);
            }
            waitUntil(start + period.toNanos() * (slice + 1) / slices);
            if (slice == slices - 1) {
                listener.onLastSlice(volume, System.nanoTime());
            }
            sender.send(volume.seriesInstanceUid(), volume.instances().get(slice));
        }
        return next.join();
    }

    private static void waitUntil(long nanoTime) throws InterruptedException {
        long left = nanoTime - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        } else if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "demo-patient");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    }
}
