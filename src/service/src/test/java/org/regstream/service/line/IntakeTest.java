package org.regstream.service.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.regstream.core.line.Labels;
import org.regstream.core.testkit.FakeModel;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
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
        ProcedureDesk desk = new ProcedureDesk(services(FakeModel.shifting(GRID, 0, 0, 0)), 4);
        desk.apply("p1", ProcedureCodec.encode(procedure));
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

    private byte[] timeless(byte[] slice) {
        return DicomWriter.write(DicomObject.builder().all(reader.readObject(slice)).text(Tag.ACQUISITION_DATE, "")
                .text(Tag.ACQUISITION_TIME, "").text(Tag.CONTENT_DATE, "").text(Tag.CONTENT_TIME, "").build());
    }
}
