package org.regstream.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.regstream.core.pipeline.TwoBlocks.blocks;
import static org.regstream.core.pipeline.TwoBlocks.grid;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.regstream.core.procedure.Alignment;
import org.regstream.core.procedure.Reference;

class PerReferenceTest {

    private final PerReference<String> made = new PerReference<>();
    private final Reference one = blocks(grid(10, 12, 14), Alignment.CENTRES);
    private final Reference other = blocks(grid(10, 12, 14), Alignment.CENTRES);

    @Test
    void shouldMakeItOnceAndAnewWhereItDoesNotFit() {
        assertThat(made.get(one, r -> "first")).isEqualTo("first");
        assertThat(made.get(one, r -> "second")).isEqualTo("first");

        assertThat(made.get(one, "second"::equals, r -> "second")).isEqualTo("second");
        assertThat(made.get(one, r -> "third")).isEqualTo("second");
    }

    /** Resampling, or a look at all labels, of a large image takes a good part of a second. */
    @Test
    void shouldLetNoProcedureWaitForAnother() throws Exception {
        // given
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        CompletableFuture<String> slow = CompletableFuture.supplyAsync(() -> made.get(one, r -> {
            begun.countDown();
            await(mayEnd);
            return "slow";
        }));
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();

        // when
        CompletableFuture<String> quick = CompletableFuture.supplyAsync(() -> made.get(other, r -> "quick"));

        // then
        assertThat(quick.get(5, TimeUnit.SECONDS)).isEqualTo("quick");
        mayEnd.countDown();
        assertThat(slow.get(5, TimeUnit.SECONDS)).isEqualTo("slow");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
