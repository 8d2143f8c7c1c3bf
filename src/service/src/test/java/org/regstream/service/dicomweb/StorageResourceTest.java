package org.regstream.service.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regstream.core.ConfigurationException;
import org.regstream.core.testkit.FakeModel;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.testkit.Phantom;
import org.regstream.service.rest.ProblemException;
import org.regstream.service.testing.HandClock;
import org.regstream.service.testing.StubFramesTopic;

class StorageResourceTest {

    private static final String RELATED = "multipart/related; type=\"application/dicom\"; boundary=b-x";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final List<byte[]> slices = new Phantom(3, 8, 8, List.of(FakeModel.HEAD, FakeModel.BODY)).series("2.25.4",
            1, Instant.EPOCH);
    private final HandClock clock = new HandClock(Instant.EPOCH);
    private final StubFramesTopic topic = new StubFramesTopic();
    private final StorageResource resource = new StorageResource(FrameReader.withDefaults(), topic,
            new StorageLimits(1 << 20, 1 << 22, 1, LIMIT), new SimpleMeterRegistry(), clock);

    /** A turn is given back, or slow clients would keep all others out. */
    @Test
    void shouldRefuseABodyThatDripsOnAndOn() throws IOException {
        // given: a byte a second
        InputStream dripping = body(Duration.ofSeconds(1));

        // when, then
        assertThatThrownBy(() -> resource.store(RELATED, dripping)).isInstanceOf(ProblemException.class)
                .hasMessageContaining("within 60 s").extracting(e -> ((ProblemException) e).toResponse().getStatus())
                .isEqualTo(408);
        assertThat(clock.now).isEqualTo(Instant.EPOCH.plus(LIMIT).plusSeconds(1));
        assertThat(topic.values()).isEmpty();
        assertThat(resource.store(RELATED, body(Duration.ZERO)).getStatus()).isEqualTo(200);
    }

    @Test
    void shouldTakeASlowBodyThatIsThereInTime() throws IOException {
        assertThat(resource.store(RELATED, body(Duration.ofMillis(10))).getStatus()).isEqualTo(200);
        assertThat(clock.now).isAfter(Instant.EPOCH.plusSeconds(10));
    }

    @ParameterizedTest
    @CsvSource({"0, 10, 1, 60", "11, 10, 1, 60", "33554433, 99999999, 1, 60", "1, 10, 0, 60", "1, 10, 1, 0",
            "1, 10, 1, 601"})
    void shouldRefuseLimitsThatBoundNothing(int instance, long request, int requests, long seconds) {
        assertThatThrownBy(() -> new StorageLimits(instance, request, requests, Duration.ofSeconds(seconds)))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("regstream.dicomweb.");
    }

    /** @param each what one read takes, of a byte if it takes any time */
    private InputStream body(Duration each) {
        return new ByteArrayInputStream(MultipartReaderTest.body(slices.toArray(byte[][]::new))) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                clock.now = clock.now.plus(each);
                return super.read(into, offset, each.isZero() ? length : 1);
            }
        };
    }
}
