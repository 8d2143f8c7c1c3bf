package org.regstream.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Sends volumes slice by slice at a steady pace, the slices of a volume spread over its time, as a scanner does. The next
 * volume is made in the second half of the present one's time, so that its making does not slow the registration of the
 * last one. Runs on one thread until it is told to finish, or interrupted.
 */
final class Scanner implements Runnable {

    /** Takes instances, on the scanner's thread. */
    @FunctionalInterface
    interface Outlet {
        void send(String seriesInstanceUid, byte[] instance);
    }

    /** Told of each volume, on the scanner's thread, just before its last slice is handed over. */
    @FunctionalInterface
    interface Listener {
        void onLastSlice(LiveVolume volume, long nanoTime);
    }

    private final LiveSource source;
    private final Outlet outlet;
    private final Pace pace;
    private final Listener listener;
    private final CountDownLatch finishing = new CountDownLatch(1);

    /** @param pace asked before each volume */
    Scanner(LiveSource source, Outlet outlet, Pace pace, Listener listener) {
        this.source = source;
        this.outlet = outlet;
        this.pace = pace;
        this.listener = listener;
    }

    @Override
    public void run() {
        ExecutorService maker = Executors.newSingleThreadExecutor(Scanner::daemon);
        try {
            CompletableFuture<LiveVolume> next = CompletableFuture.completedFuture(source.volume(1, Instant.now()));
            for (long start = System.nanoTime(); !isToFinishBefore(start);) {
                Duration period = pace.period();
                next = send(next.join(), start, period, maker);
                start += period.toNanos();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            maker.shutdownNow();
        }
    }

    /**
     * No volume is begun any more. What is left of one that is being sent follows at once, without its pace: half a volume would look as
     * if slices had been lost.
     */
    void finish() {
        finishing.countDown();
    }

    /** @return the next volume, perhaps still being made */
    private CompletableFuture<LiveVolume> send(LiveVolume volume, long start, Duration period, ExecutorService maker)
            throws InterruptedException {
        int slices = volume.instances().size();
        CompletableFuture<LiveVolume> next = null;
        for (int slice = 0; slice < slices; slice++) {
            if (slice == slices / 2) {
                next = CompletableFuture.supplyAsync(
                        () -> source.volume(volume.number() + 1, Instant.now().plus(period.dividedBy(2))), maker);
            }
            isToFinishBefore(start + period.toNanos() * slice / slices);
            if (slice == slices - 1) {
                listener.onLastSlice(volume, System.nanoTime());
            }
            outlet.send(volume.seriesInstanceUid(), volume.instances().get(slice));
        }
        return next;
    }

    /** Waits until then; once it is to finish, not at all. */
    private boolean isToFinishBefore(long nanoTime) throws InterruptedException {
        return finishing.await(nanoTime - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "demo-patient");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    }
}
