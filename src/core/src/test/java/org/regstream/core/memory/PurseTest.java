package org.regstream.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PurseTest {

    private final Purse purse = new Purse("uploads", 100);

    @Test
    void shouldGiveOutNoMoreThanThereIsAndTakeItBack() {
        Tab one = purse.open();
        one.take(60);
        try (Tab other = purse.open()) {
            other.take(40);
            assertThatThrownBy(() -> other.take(1)).isInstanceOf(OverdrawnException.class)
                    .hasMessageContaining("uploads may take 100 bytes").hasMessageContaining("100 are in use")
                    .satisfies(e -> assertThat(((OverdrawnException) e).isTooLarge()).isFalse());
        }

        assertThat(purse.taken()).isEqualTo(60);
        one.giveBack(10);
        one.close();
        one.close();
        assertThat(purse.taken()).isZero();
    }

    /** Waiting would not help. */
    @Test
    void shouldSayWhatWouldNotFitIntoAnEmptyPurse() {
        Tab one = purse.open();
        one.take(60);

        assertThatThrownBy(() -> one.take(41)).isInstanceOf(OverdrawnException.class)
                .satisfies(e -> assertThat(((OverdrawnException) e).isTooLarge()).isTrue());
        assertThatThrownBy(() -> one.take(Long.MAX_VALUE)).isInstanceOf(OverdrawnException.class);
        assertThat(one.taken()).isEqualTo(60);
    }

    @Test
    void shouldReadNoFurtherThanItCanPay() throws IOException {
        AtomicInteger read = new AtomicInteger();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return read.incrementAndGet() & 0x7f;
            }
        };

        try (Tab tab = purse.open()) {
            assertThatThrownBy(() -> tab.read(endless, 1 << 20)).isInstanceOf(OverdrawnException.class);
            assertThat(read.get()).isLessThanOrEqualTo(51);
            assertThat(tab.read(new ByteArrayInputStream(new byte[50]), 1 << 20)).hasSize(50);
            assertThat(tab.taken()).isEqualTo(50);
        }
        try (Tab tab = purse.open()) {
            assertThat(tab.read(new ByteArrayInputStream(new byte[30]), 20)).hasSize(21);
        }
    }

    @Test
    void shouldStayWithinItsLimitWhoeverAsksAtOnce() {
        AtomicInteger given = new AtomicInteger();
        IntStream.range(0, 10_000).parallel().forEach(n -> {
            try {
                purse.open().take(1);
                given.incrementAndGet();
            } catch (OverdrawnException e) {
                assertThat(e).hasMessageContaining("in use");
            }
        });

        assertThat(given).hasValue(100);
        assertThat(purse.taken()).isEqualTo(100);
    }
}
