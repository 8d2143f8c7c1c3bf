package org.regstream.training.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SideBySideTest {

    private final AtomicInteger told = new AtomicInteger();

    @Test
    void shouldGiveResultsInTheOrderOfTheWork() {
        try (SideBySide<String> side = new SideBySide<>(List.of("a", "b", "c"))) {
            List<Integer> squares = side.each(IntStream.range(0, 100).boxed().toList(), (worker, n) -> n * n,
                    told::incrementAndGet);

            assertThat(squares).isEqualTo(IntStream.range(0, 100).map(n -> n * n).boxed().toList());
            assertThat(told).hasValue(100);
        }
    }

    /** Two pieces that wait for one another are only done if both are worked on at a time, by workers of their own. */
    @Test
    void shouldWorkSideBySideAndNeverLendAWorkerTwice() {
        Set<String> busy = ConcurrentHashMap.newKeySet();
        CountDownLatch both = new CountDownLatch(2);
        try (SideBySide<String> side = new SideBySide<>(List.of("a", "b"))) {
            List<Boolean> alone = side.each(List.of(1, 2), (worker, n) -> {
                boolean mine = busy.add(worker);
                both.countDown();
                return mine && awaited(both);
            }, told::incrementAndGet);

            assertThat(alone).containsExactly(true, true);
            assertThat(busy).containsExactlyInAnyOrder("a", "b");
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void shouldThrowWhatTheWorkThrows() {
        try (SideBySide<String> side = new SideBySide<>(List.of("a"))) {
            assertThatThrownBy(() -> side.each(Collections.nCopies(5, 1), (worker, n) -> {
                throw new IllegalStateException("case " + n);
            }, told::incrementAndGet)).isInstanceOf(IllegalStateException.class).hasMessage("case 1");
        }
    }
}
