package org.regstream.service.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.regstream.core.alert.Alert;
import org.regstream.core.line.Receipt;
import org.regstream.core.line.Result;
import org.regstream.core.testkit.FakeModel;

/** A line under all the threads that reach it: frames, time, displays, REST and rebalances at once. */
class LineStressTest extends LineBench {

    private static final int VOLUMES = 60;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ExecutorService mailboxes = Executors.newFixedThreadPool(4);
    private final ExecutorService students = Executors.newFixedThreadPool(2);
    private final ExecutorService outside = Executors.newFixedThreadPool(4);

    @AfterEach
    void stop() {
        List.of(outside, mailboxes, students).forEach(ExecutorService::shutdownNow);
    }

    @Test
    void shouldKeepItsPromisesWhoeverComesWhen() throws Exception {
        // given
        lines = mailboxes;
        registrations = students;
        ProcedureLine line = line(FakeModel.shifting(GRID, 0, 0, 0), 8 << 20);
        AtomicBoolean isOver = new AtomicBoolean();
        List<Future<?>> neighbours = new ArrayList<>();
        neighbours.add(outside.submit(() -> until(isOver, line::tick)));
        neighbours.add(outside.submit(() -> until(isOver, () -> line.openAlerts().forEach(
                alert -> line.acknowledge(alert.alertId(), "Dr Grey", Duration.ofMinutes(1))))));
        neighbours.add(outside.submit(() -> until(isOver, () -> line.onRevoked(List.of(7)))));

        // when: half of the volumes have a gap
        for (int volume = 1; volume <= VOLUMES; volume++) {
            offer(line, volume, 0, 8);
            offer(line, VOLUMES + volume, 0, 4);
            if (volume % 10 == 0) {
                clock.now = clock.now.plusSeconds(5);
            }
        }

        // then
        await().atMost(LIMIT).until(() -> {
            clock.now = clock.now.plusSeconds(1);
            return custody.frames() == 0;
        });
        isOver.set(true);
        for (Future<?> neighbour : neighbours) {
            neighbour.get(10, TimeUnit.SECONDS);
        }
        assertThat(acknowledged).hasSize(12 * VOLUMES).doesNotHaveDuplicates();
        assertThat(custody.heldBytes()).isZero();
        assertThat(sink.results).extracting(Result::sequence).isSorted().doesNotHaveDuplicates();
        assertThat(sink.alerts).extracting(Alert::sequence).isSorted().doesNotHaveDuplicates();
        line.end().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** Displays and REST can send faster than a line works; it takes no more than it can hold. */
    @Test
    void shouldBoundWhatWaits() {
        List<Runnable> work = new ArrayList<>();
        lines = work::add;
        ProcedureLine line = line(FakeModel.shifting(GRID, 0, 0, 0), 8 << 20);
        for (int n = 0; n < 2 * ProcedureLine.MOST_WAITING; n++) {
            line.onReceipt(new Receipt("p1", "wall", false, Optional.empty(), START));
            line.tick();
        }

        assertThat(line.acknowledge("a-1", "Dr Grey", Duration.ofMinutes(1)).toCompletableFuture())
                .failsWithin(Duration.ZERO).withThrowableOfType(ExecutionException.class)
                .withMessageContaining("try again");
        while (!work.isEmpty()) {
            work.remove(0).run();
        }
        assertThat(line.acknowledge("a-1", "Dr Grey", Duration.ofMinutes(1)).toCompletableFuture()).isNotDone();
        work.remove(0).run();
        assertThat(line.openAlerts()).isEmpty();
    }

    private static void until(AtomicBoolean isOver, Runnable work) {
        while (!isOver.get()) {
            work.run();
            LockSupport.parkNanos(3_000_000);
        }
    }
}
