package org.regstream.service.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.line.Labels;
import org.regstream.core.line.NoRegistration;
import org.regstream.core.memory.Purse;
import org.regstream.core.procedure.LiveSelector;
import org.regstream.core.procedure.Procedure;
import org.regstream.core.testkit.FakeModel;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.testkit.Phantom;
import org.regstream.dicom.write.DicomWriter;
import org.regstream.service.channel.Intake;
import org.regstream.service.metrics.MicrometerMetrics;
import org.regstream.service.procedure.ProcedureDesk;
import org.regstream.service.testing.FrameMessages;
import org.regstream.service.testing.InMemoryProcedureStore;
import org.regstream.wire.ProcedureCodec;

/** From records to a line. */
class IntakeTest extends LineBench {

    private final FrameMessages messages = new FrameMessages();

    /** Read after an outage of four minutes, they are not young. */
    @Test
    void shouldTakeImagesThatTellNoTimeForAsOldAsTheirRecords() {
        // given
        ProcedureDesk desk = new ProcedureDesk(services(FakeModel.shifting(GRID, 0, 0, 0)), 4, Purse.unbounded());
        desk.apply("p1", ProcedureCodec.encode(procedure), Instant.EPOCH);
        Intake intake = new Intake(reader, desk, new InMemoryProcedureStore(desk), custody,
                new MicrometerMetrics(registry), clock);
        Instant sentAt = START.minusSeconds(249);

        // when
        List<byte[]> slices = phantom.series("2.25.5", 1, START);
        for (int m = 0; m < slices.size(); m++) {
            intake.take(messages.next(timeless(slices.get(m)), sentAt.plusMillis(m)));
        }

        // then
        assertThat(sink.labels).singleElement().extracting(Labels::acquiredAt).isEqualTo(sentAt.plusMillis(7));
        assertThat(messages.acknowledged()).hasSize(8);
    }

    /** A scanner whose clock runs ahead: read after an outage, its images are no younger than their records. */
    @ParameterizedTest
    @ValueSource(longs = {1, 46, 600, 86_400})
    void shouldTakeImagesOfAClockThatIsAheadForAsOldAsTheirRecords(long ahead) {
        // given
        ProcedureDesk desk = new ProcedureDesk(services(FakeModel.shifting(GRID, 0, 0, 0)), 4, Purse.unbounded());
        desk.apply("p1", ProcedureCodec.encode(procedure), Instant.EPOCH);
        Intake intake = new Intake(reader, desk, new InMemoryProcedureStore(desk), custody,
                new MicrometerMetrics(registry), clock);
        Instant sentAt = START.minusSeconds(249);

        // when
        List<byte[]> slices = phantom.series("2.25.5", 1, sentAt.plusSeconds(ahead));
        for (int m = 0; m < slices.size(); m++) {
            intake.take(messages.next(slices.get(m), sentAt.plusMillis(m)));
        }

        // then
        assertThat(sink.labels).singleElement()
                .satisfies(labels -> assertThat(labels.acquiredAt()).isBeforeOrEqualTo(sentAt.plusMillis(7)));
    }

    /** Two long series at once fill what there is for frames: one of them is given up, a third procedure is served at once. */
    @Test
    void shouldGiveUpTheProcedureThatGathersMostWhereFramesTakeAllMemory() {
        // given
        Phantom tall = new Phantom(64, 64, 64, List.of(FakeModel.HEAD, FakeModel.BODY));
        Custody small = new Custody(new HeldBytes(1 << 20), () -> Duration.ZERO);
        ProcedureDesk desk = new ProcedureDesk(services(FakeModel.shifting(GRID, 0, 0, 0), small), 4,
                Purse.unbounded());
        for (String series : List.of("2.25.1", "2.25.2", "2.25.3")) {
            desk.apply(series, ProcedureCodec.encode(new Procedure(series, procedure.reference(),
                    LiveSelector.series(series), Duration.ofSeconds(2))), Instant.EPOCH);
        }
        Intake intake = new Intake(reader, desk, new InMemoryProcedureStore(desk), small,
                new MicrometerMetrics(registry), clock);
        List<byte[]> one = tall.series("2.25.1", 1, START);
        List<byte[]> other = tall.series("2.25.2", 1, START);

        // when
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int m = 0; m < 30; m++) {
                intake.take(messages.next(one.get(m), START));
                intake.take(messages.next(other.get(m), START));
            }
            for (byte[] slice : phantom.series("2.25.3", 1, START)) {
                intake.take(messages.next(slice, START));
            }
        });

        // then
        assertThat(sink.labels).extracting(Labels::procedureId).containsExactly("2.25.3");
        assertThat(codes()).contains(AlertCode.INTAKE_LIMIT);
        assertThat(sink.none).isNotEmpty().extracting(NoRegistration::procedureId).doesNotContain("2.25.3");
    }

    /** Whatever is gathered, a volume that waits for the broker is nobody's fault. */
    @Test
    void shouldGiveUpNothingWhereResultsTakeTheMemory() {
        ProcedureDesk desk = new ProcedureDesk(services(FakeModel.shifting(GRID, 0, 0, 0)), 4, Purse.unbounded());
        desk.apply("p1", ProcedureCodec.encode(procedure), Instant.EPOCH);
        ProcedureLine line = desk.line("p1").orElseThrow();
        offer(line, 1, 0, 5);

        desk.relieve(line.gatheredBytes());
        assertThat(codes()).isEmpty();
        desk.relieve(line.gatheredBytes() - 1);
        assertThat(codes()).containsExactly(AlertCode.INTAKE_LIMIT);
    }

    /** One whose pixels would take all that there is: known before they are there. */
    @Test
    void shouldRefuseAnInstanceThatWouldNotFitIfNothingElseWereHeld() {
        // given
        ProcedureDesk desk = new ProcedureDesk(services(FakeModel.shifting(GRID, 0, 0, 0)), 4, Purse.unbounded());
        desk.apply("p1", ProcedureCodec.encode(procedure), Instant.EPOCH);
        Custody small = new Custody(new HeldBytes(1 << 20), () -> Duration.ZERO);
        Intake intake = new Intake(reader, desk, new InMemoryProcedureStore(desk), small,
                new MicrometerMetrics(registry), clock);
        byte[] wide = new Phantom(2, 600, 600, List.of(FakeModel.HEAD, FakeModel.BODY)).series("2.25.5", 1, START)
                .get(0);

        // when
        intake.take(messages.next(wide, START));
        intake.take(messages.next(phantom.series("2.25.6", 1, START).get(0), START));

        // then
        assertThat(registry.counter("regstream.frames.deadlettered", "reason", "too-large").count()).isEqualTo(1);
        assertThat(small.frames()).isEqualTo(1);
    }

    private byte[] timeless(byte[] slice) {
        return DicomWriter.write(DicomObject.builder().all(reader.readObject(slice)).text(Tag.ACQUISITION_DATE, "")
                .text(Tag.ACQUISITION_TIME, "").text(Tag.CONTENT_DATE, "").text(Tag.CONTENT_TIME, "").build());
    }
}
