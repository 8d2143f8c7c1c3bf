package org.regstream.service.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.regstream.service.testing.HandClock;

class ResultStoreTest {

    private final HandClock clock = new HandClock(Instant.EPOCH);
    private final ResultStore store = new ResultStore(100, Duration.ofMinutes(1), clock);

    @Test
    void shouldLetTheOldestGoForNewerOnes() {
        store.put(result("1", 60));
        store.put(result("2", 30));
        store.put(result("3", 40));

        assertThat(store.find(all -> true)).extracting(StoredResult::instance).containsExactly("2", "3");
        assertThat(store.bytes()).isEqualTo(70);
        assertThat(store.evicted()).isEqualTo(1);
    }

    @Test
    void shouldKeepARepeatOnceAndAsTheNewest() {
        store.put(result("1", 40));
        store.put(result("2", 40));
        store.put(result("1", 40));
        store.put(result("3", 40));

        assertThat(store.find(all -> true)).extracting(StoredResult::instance).containsExactly("1", "3");
    }

    @Test
    void shouldForgetWhatIsTooOld() {
        store.put(result("1", 10));
        clock.now = clock.now.plusSeconds(59);
        store.put(result("2", 10));
        assertThat(store.find(all -> true)).hasSize(2);

        clock.now = clock.now.plusSeconds(1);

        assertThat(store.find(all -> true)).extracting(StoredResult::instance).containsExactly("2");
        assertThat(store.bytes()).isEqualTo(10);
        assertThat(store.evicted()).isEqualTo(1);
    }

    @Test
    void shouldRefuseWhatCanNeverFit() {
        assertThatThrownBy(() -> store.put(result("1", 101))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("101 bytes").hasMessageContaining("results-bytes");
    }

    private static StoredResult result(String instance, int bytes) {
        return new StoredResult("1.2", "1.2.3", instance, new byte[bytes]);
    }
}
