package org.regstream.service.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.regstream.core.RegstreamException;

/** One run: a scanner sends, a display reads, until enough volumes are registered. For one thread. */
final class Trial {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final long STOP_SECONDS = 5;
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final Display display;
    private final Scoreboard scoreboard;
    private final TrialTable table;
    private final Duration timeout;
    private final List<VolumeScore> scores = new ArrayList<>();
    private final List<DisplayEvent.Alert> alerts = new ArrayList<>();

    /** @param timeout how long the labels of a volume may take after its last slice */
    Trial(Display display, Scoreboard scoreboard, TrialTable table, Duration timeout) {
        this.display = display;
        this.scoreboard = scoreboard;
        this.table = table;
        this.timeout = timeout;
    }

    /**
     * @param volumes   how many to register
     * @param isStopped whether to end before that
     * @return how they came out, in the order of arrival; those still under way at the end are waited for, not counted
     * @throws RegstreamException if labels do not come in time, or the scanner cannot go on; the message tells why
     */
    List<VolumeScore> run(Scanner scanner, int volumes, BooleanSupplier isStopped) {
        ExecutorService thread = Executors.newSingleThreadExecutor(work -> new Thread(work, "demo-scanner"));
        Future<?> scanning = thread.submit(scanner);
        try {
            while (scores.size() < volumes && !isStopped.getAsBoolean()) {
                requireRunning(scanning);
                display.poll(POLL).forEach(event -> accept(event, volumes));
                requireOnTime();
            }
        } finally {
            thread.shutdownNow();
            awaitEnd(thread);
        }
        drain();
        return List.copyOf(scores);
    }

    /** Lets the service finish the volumes that are whole, so that it is not stopped in the middle of one. */
    private void drain() {
        long end = System.nanoTime() + DRAIN.toNanos();
        while (scoreboard.overdue(System.nanoTime()).isPresent() && System.nanoTime() - end < 0) {
            for (DisplayEvent event : display.poll(POLL)) {
                if (event instanceof DisplayEvent.Labels labels) {
                    scoreboard.received(labels);
                }
            }
        }
    }

    private void accept(DisplayEvent event, int volumes) {
        if (event instanceof DisplayEvent.Alert alert) {
            alerts.add(alert);
        } else if (event instanceof DisplayEvent.Labels labels && scores.size() < volumes) {
            scoreboard.received(labels).ifPresent(this::onScore);
        }
    }

    private void onScore(VolumeScore score) {
        scores.add(score);
        table.row(score, alerts.stream().map(DisplayEvent.Alert::brief).distinct().toList());
        alerts.clear();
    }

    private void requireOnTime() {
        Optional<Integer> overdue = scoreboard.overdue(System.nanoTime() - timeout.toNanos());
        if (overdue.isPresent()) {
            throw new RegstreamException("volume " + overdue.get() + " did not come out within " + timeout.toSeconds()
                    + " s of its last slice; " + (alerts.isEmpty()
                            ? "the service sent no alert"
                            : "the last alert says: " + alerts.get(alerts.size() - 1).sentence()));
        }
    }

    private static void requireRunning(Future<?> scanning) {
        if (!scanning.isDone()) {
            return;
        }
        try {
            scanning.get();
            throw new RegstreamException("the scanner ended by itself");
        } catch (ExecutionException e) {
            throw new RegstreamException("the scanner cannot go on: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegstreamException("interrupted", e);
        }
    }

    private static void awaitEnd(ExecutorService thread) {
        try {
            thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
