package org.regstream.service.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.regstream.core.memory.Purse;
import org.regstream.core.testkit.FakeModel;
import org.regstream.service.channel.Intake;
import org.regstream.service.metrics.MicrometerMetrics;
import org.regstream.service.procedure.ProcedureDesk;
import org.regstream.service.testing.FrameMessages;
import org.regstream.service.testing.InMemoryProcedureStore;
import org.regstream.wire.ProcedureCodec;

/** A frame that comes, or waits for memory, while the instance stops: another instance gets it, no dead-letter topic does. */
class IntakeEndTest extends LineBench {

    private final FrameMessages messages = new FrameMessages();
    private final List<byte[]> slices = phantom.series("2.25.5", 1, START);

    private Intake intake(Custody keeper) {
        ProcedureDesk desk = new ProcedureDesk(services(FakeModel.shifting(GRID, 0, 0, 0)), 4, Purse.unbounded());
        desk.apply("p1", ProcedureCodec.encode(procedure), Instant.EPOCH);
        return new Intake(reader, desk, new InMemoryProcedureStore(desk), keeper, new MicrometerMetrics(registry),
                clock);
    }

    @Test
    void shouldLeaveAFrameThatComesAfterTheEnd() {
        Intake intake = intake(custody);
        assertThat(intake.take(messages.next(slices.get(0)))).isCompleted();

        custody.close();

        assertThat(intake.take(messages.next(slices.get(1)))).isNotDone();
        assertThat(custody.frames()).isOne();
        assertThat(messages.acknowledged()).isEmpty();
        assertThat(messages.refused()).isEmpty();
    }

    @Test
    void shouldLeaveAFrameThatWaitsForMemory() throws Exception {
        HeldBytes memory = new HeldBytes(1 << 20);
        memory.acquire(1 << 20);
        Custody full = new Custody(memory, () -> Duration.ZERO);
        Intake intake = intake(full);
        CompletableFuture<CompletionStage<Void>> waiting = CompletableFuture
                .supplyAsync(() -> intake.take(messages.next(slices.get(1))));
        TimeUnit.MILLISECONDS.sleep(200);
        assertThat(waiting).isNotDone();

        full.close();

        assertThat(waiting.get(5, TimeUnit.SECONDS)).isNotDone();
        assertThat(full.frames()).isZero();
        assertThat(messages.refused()).isEmpty();
    }
}
