package org.regstream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LazyTest {

    @Test
    void shouldMakeOnceWhenFirstAsked() {
        AtomicInteger made = new AtomicInteger();
        Lazy<Integer> lazy = new Lazy<>(made::incrementAndGet);
        int before = made.get();

        assertThat(before).isZero();
        assertThat(lazy.get()).isEqualTo(1);
        assertThat(lazy.get()).isEqualTo(1);
    }

    @Test
    void shouldTryAgainWhereMakingFailed() {
        AtomicInteger made = new AtomicInteger();
        Lazy<Integer> lazy = new Lazy<>(() -> 6 / made.getAndIncrement());

        assertThatThrownBy(lazy::get).isInstanceOf(ArithmeticException.class);
        assertThat(lazy.get()).isEqualTo(6);
    }
}
