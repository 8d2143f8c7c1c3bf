package org.regstream.demo;

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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.regstream.core.RegstreamException;

/** One run: a scanner sends, a display reads, until enough volumes are registered. For one thread. */
final class Trial {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final long STOP_SECONDS = 5;
    private static final Duration DRAIN = Duration.ofSeconds(15);

    private final Display display;
    private final Scoreboard scoreboard;
    private final TrialTable table;
    private final Duration timeout;
    private final boolean hasEnsemble;
    private final Unrest unrest;
    private final PictureTimes pictures;
    private final Pace pace;
    private final Spell spell = new Spell();
    private boolean isRestless;
    private final List<VolumeScore> scores = new ArrayList<>();
    private final List<VolumeScore> assessments = new ArrayList<>();
    private final List<DisplayEvent.Alert> alerts = new ArrayList<>();

    /** @param timeout     how long the labels of a volume may take after its last slice
     *  @param hasEnsemble whether the ensemble's labels of a volume follow
     *  @param unrest      of the patient
     *  @param pictures    is told of labels
     *  @param pace        of the scanner, told how long looking takes */
    Trial(Display display, Scoreboard scoreboard, TrialTable table, Duration timeout, boolean hasEnsemble,
            Unrest unrest, PictureTimes pictures, Pace pace) {
        this.display = display;
        this.scoreboard = scoreboard;
        this.table = table;
        this.timeout = timeout;
        this.hasEnsemble = hasEnsemble;
        this.unrest = unrest;
        this.pictures = pictures;
        this.pace = pace;
    }

    /**
     * @param volumes   how many to register
     * @param isStopped whether to end before that
     * @return how they came out, in the order of arrival, those of the ensemble last; volumes still under way at the end are
     *         waited for, not counted, unless it was stopped: what stops it stops the service too
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
            scanner.finish();
            awaitEnd(thread);
        }
        if (!isStopped.getAsBoolean()) {
            drain();
        }
        table.late(news());
        if (hasEnsemble && !isStopped.getAsBoolean()) {
            spell.end().ifPresent(table::say);
        }
        return Stream.concat(scores.stream(), assessments.stream()).toList();
    }

    /** Lets the service finish the volumes that are whole, so that it is not stopped in the middle of one. */
    private void drain() {
        long end = System.nanoTime() + DRAIN.toNanos();
        while (isUnderWay() && System.nanoTime() - end < 0) {
            display.poll(POLL).forEach(event -> accept(event, scores.size()));
        }
    }

    private boolean isUnderWay() {
        return scoreboard.overdue(System.nanoTime()).isPresent()
                || hasEnsemble && !scores.isEmpty() && scoreboard.isUnassessed(lastScored());
    }

    private int lastScored() {
        return scores.get(scores.size() - 1).number();
    }

    /** @param volumes how many to count */
    private void accept(DisplayEvent event, int volumes) {
        if (event instanceof DisplayEvent.Alert alert) {
            alerts.add(alert);
            spell.onAlert(alert);
        } else if (event instanceof DisplayEvent.Labels labels) {
            scoreboard.received(labels).ifPresent(score -> {
                count(score, volumes);
                pictures.made(labels, score);
            });
        }
    }

    private void count(VolumeScore score, int volumes) {
        if (score.isStudents() != hasEnsemble) {
            pace.took(Duration.ofMillis(Math.round(score.totalMillis())));
        }
        if (score.isStudents() && scores.size() < volumes) {
            tellOfAMissedSpell(scores.isEmpty() ? 0 : lastScored(), score.number());
            scores.add(score);
            tell(unrest.holds(score.number()));
            show(score);
        } else if (!score.isStudents() && score.number() <= lastScored()) {
            assessments.add(score);
            show(score);
            spell.onAssessed(unrest.holds(score.number())).ifPresent(table::say);
        }
    }

    /** Volumes may come so fast that none of a whole spell is registered. */
    private void tellOfAMissedSpell(int last, int now) {
        if (!isRestless && !unrest.holds(now) && IntStream.range(last + 1, now).anyMatch(unrest::holds)) {
            tell(true);
        }
    }

    private void tell(boolean isRestlessNow) {
        if (isRestlessNow != isRestless) {
            isRestless = isRestlessNow;
            if (isRestless && hasEnsemble) {
                spell.begin();
            }
            table.say(isRestless
                    ? "-- on purpose: the patient has slid and moves while slices are taken; an alert must come --"
                    : "-- the patient lies still again; the alert must go --");
        }
    }

    private void show(VolumeScore score) {
        table.row(score, news());
    }

    /** @return what came since they were last asked for, without repeats */
    private List<String> news() {
        List<String> news = alerts.stream().filter(DisplayEvent.Alert::isNews).map(DisplayEvent.Alert::brief)
                .distinct().toList();
        alerts.clear();
        return news;
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

    /** The volume that is being sent goes out whole, unless the broker does not take it in time. */
    private static void awaitEnd(ExecutorService thread) {
        thread.shutdown();
        try {
            thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            thread.shutdownNow();
        }
    }
}
