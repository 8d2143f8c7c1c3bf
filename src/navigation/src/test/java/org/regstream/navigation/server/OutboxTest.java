package org.regstream.navigation.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.regstream.navigation.Text;

class OutboxTest {

    private final Outbox outbox = new Outbox(3);

    @Test
    void shouldKeepTheNewestOfEachKeyInThePlaceOfTheFirst() throws InterruptedException {
        // when
        int[] dropped = {outbox.offer(parcel("a", Parcel.Lane.BULK, 1)), outbox.offer(parcel("b", Parcel.Lane.BULK, 1)),
                outbox.offer(parcel("a", Parcel.Lane.BULK, 2))};

        // then
        assertThat(dropped).containsExactly(0, 0, 1);
        assertThat(taken()).containsExactly("a of 2", "b of 1");
    }

    @Test
    void shouldTakeDirectBeforeUrgentBeforeBulk() throws InterruptedException {
        outbox.offer(parcel("c", Parcel.Lane.BULK, 1));
        outbox.offer(parcel("b", Parcel.Lane.URGENT, 1));
        outbox.offer(parcel("a", Parcel.Lane.DIRECT, 1));

        assertThat(taken()).containsExactly("a of 1", "b of 1", "c of 1");
    }

    @Test
    void shouldLetAnUrgentParcelTakeThePlaceOfABulkOneOfItsKey() throws InterruptedException {
        outbox.offer(parcel("r", Parcel.Lane.BULK, 7));

        assertThat(outbox.offer(parcel("r", Parcel.Lane.URGENT, 5))).isEqualTo(7);
        assertThat(taken()).containsExactly("r of 5");
    }

    @Test
    void shouldNeverHoldMoreThanItsCapacityALane() throws InterruptedException {
        int dropped = 0;
        for (int n = 0; n < 10; n++) {
            dropped += outbox.offer(parcel("k" + n, Parcel.Lane.URGENT, 2));
            assertThat(outbox.size()).isLessThanOrEqualTo(3);
        }

        assertThat(dropped).as("seven parcels of two").isEqualTo(14);
        assertThat(taken()).containsExactly("k7 of 2", "k8 of 2", "k9 of 2");
    }

    @Test
    void shouldWaitForAParcelAndEndAfterTheLast() throws Exception {
        // given
        CompletableFuture<List<String>> got = CompletableFuture.supplyAsync(() -> {
            try {
                List<String> keys = new ArrayList<>();
                for (Optional<Parcel> p = outbox.take(); p.isPresent(); p = outbox.take()) {
                    keys.add(p.get().key());
                }
                return keys;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        // when
        outbox.closeAfter(parcel("last", Parcel.Lane.DIRECT, 1));
        outbox.offer(parcel("late", Parcel.Lane.DIRECT, 1));

        // then
        assertThat(got.get(10, TimeUnit.SECONDS)).containsExactly("last");
    }

    private List<String> taken() throws InterruptedException {
        List<String> keys = new ArrayList<>();
        while (outbox.size() > 0) {
            Parcel parcel = outbox.take().orElseThrow();
            keys.add(parcel.key() + " of " + parcel.messages().size());
        }
        return keys;
    }

    private static Parcel parcel(String key, Parcel.Lane lane, int messages) {
        List<Outgoing> all = new ArrayList<>();
        for (int n = 0; n < messages; n++) {
            all.add(Outgoing.of("d" + n, Instant.EPOCH, new Text("x")));
        }
        return new Parcel(key, lane, all);
    }
}
