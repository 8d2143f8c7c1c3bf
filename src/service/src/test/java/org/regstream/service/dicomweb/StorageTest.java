package org.regstream.service.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.regstream.core.DecodeException;
import org.regstream.core.testkit.FakeModel;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.DicomReader;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.read.ReadLimits;
import org.regstream.service.testing.Phantom;

class StorageTest {

    private static final String SERIES = "2.25.4";
    private final Phantom phantom = new Phantom(3, 8, 8, List.of(FakeModel.HEAD, FakeModel.BODY));
    private final List<byte[]> slices = phantom.series(SERIES, 1, Instant.EPOCH);
    private final StubTopic topic = new StubTopic();
    private final Storage storage = new Storage(new InstanceCheck(FrameReader.withDefaults(), Clock.systemUTC()),
            topic);

    @Test
    void shouldPutEveryInstanceOnTheTopicAsItCame() throws IOException {
        // when
        StoreReport report = store(slices);

        // then
        assertThat(report.status()).isEqualTo(200);
        assertThat(topic.values).containsExactlyElementsOf(slices);
        assertThat(topic.keys).containsOnly(SERIES);
        JsonNode json = json(report);
        assertThat(json.get("00081199").get("Value")).hasSize(3);
        assertThat(json.get("00081199").get("Value").get(0).get("00081155").get("Value").get(0).asText())
                .isEqualTo(header(slices.get(0)).string(Tag.SOP_INSTANCE_UID));
        assertThat(json.has("00081198")).isFalse();
    }

    @Test
    void shouldReportWhatItCannotUseAndTakeTheRest() throws IOException {
        // given
        byte[] compressed = withSyntax(slices.get(1), "1.2.840.10008.1.2.4.90");
        byte[] garbage = "no dicom".getBytes(StandardCharsets.US_ASCII);

        // when
        StoreReport report = store(List.of(slices.get(0), compressed, garbage));

        // then
        assertThat(report.status()).isEqualTo(202);
        assertThat(topic.values).hasSize(1);
        JsonNode failed = json(report).get("00081198").get("Value");
        assertThat(failed).hasSize(1);
        assertThat(failed.get(0).get("00081155").get("Value").get(0).asText())
                .isEqualTo(header(slices.get(1)).string(Tag.SOP_INSTANCE_UID));
        assertThat(failed.get(0).get("00081197").get("Value").get(0).asInt()).isEqualTo(0xC122);
        JsonNode nameless = json(report).get("0008119A").get("Value");
        assertThat(nameless.get(0).get("00081197").get("Value").get(0).asInt()).isEqualTo(0xC000);
    }

    @Test
    void shouldRefuseInstancesOfAnotherStudy() throws IOException {
        StoreReport report = storage.store(reader(), new ByteArrayInputStream(body(slices)), "b-x",
                Optional.of("1.2.3"));

        assertThat(report.status()).isEqualTo(409);
        assertThat(topic.values).isEmpty();
        assertThat(storage.store(reader(), new ByteArrayInputStream(body(slices)), "b-x", Optional.of(Phantom.STUDY))
                .status()).isEqualTo(200);
    }

    @Test
    void shouldNotCallStoredWhatTheBrokerDidNotTake() throws IOException {
        // given
        topic.failAfter = 1;

        // when
        StoreReport some = store(slices);
        StoreReport none = store(slices);

        // then
        assertThat(some.status()).isEqualTo(202);
        assertThat(json(some).get("00081198").get("Value")).hasSize(2).allSatisfy(
                item -> assertThat(item.get("00081197").get("Value").get(0).asInt()).isEqualTo(0xA700));
        assertThat(none.status()).isEqualTo(503);
    }

    @Test
    void shouldRefuseTooLargeInstancesWithoutAskingToSendThemAgain() throws IOException {
        StoreReport report = storage.store(new MultipartReader(1 << 20, 100), new ByteArrayInputStream(body(slices)),
                "b-x", Optional.empty());

        assertThat(report.status()).isEqualTo(409);
        assertThat(json(report).get("0008119A").get("Value").get(0).get("00081197").get("Value").get(0).asInt())
                .isEqualTo(0xA701);
    }

    /** The topic's limit can be lower than ours: a sender that is told to try again would do so for ever. */
    @Test
    void shouldNotAskAgainForWhatTheTopicWillNeverTake() throws IOException {
        // given
        topic.failAfter = 2;
        topic.failure = new TooLargeException("larger than a record of frames may be", null);

        // when
        StoreReport report = store(slices);

        // then
        assertThat(report.status()).isEqualTo(202);
        assertThat(report.reasons()).isEqualTo(Map.of(FailureReason.TOO_LARGE, 1));
    }

    /** The sender hears that it failed and sends all again: repeats are the same instances. */
    @Test
    void shouldFailTheWholeRequestWhenItIsCutOff() {
        byte[] body = body(slices);

        assertThatThrownBy(
                () -> storage.store(reader(), new ByteArrayInputStream(Arrays.copyOf(body, body.length - 30)),
                        "b-x", Optional.empty()))
                .isInstanceOf(DecodeException.class).hasMessageContaining("send it again");
    }

    @Test
    void shouldNotAcceptPartsOfAnotherType() throws IOException {
        byte[] body = new String(body(slices), StandardCharsets.ISO_8859_1)
                .replace("application/dicom", "application/dicom+json").getBytes(StandardCharsets.ISO_8859_1);

        StoreReport report = storage.store(reader(), new ByteArrayInputStream(body), "b-x", Optional.empty());

        assertThat(report.status()).isEqualTo(409);
        assertThat(report.reasons()).containsEntry(FailureReason.CANNOT_UNDERSTAND, 3);
    }

    /** Lengths beyond the file, sequences in sequences, pixels that a few bytes stand for: refused one by one, the others taken. */
    @Test
    void shouldRefuseHostileInstances() throws IOException {
        // given
        byte[] image = slices.get(0);
        ByteArrayOutputStream nest = new ByteArrayOutputStream();
        nest.write(image);
        for (int depth = 0; depth < 5000; depth++) {
            nest.write(HexFormat.of().parseHex("fafffaff53510000ffffffff" + "feff00e0ffffffff"));
        }
        ByteArrayOutputStream far = new ByteArrayOutputStream();
        far.write(image);
        far.write(HexFormat.of().parseHex("fcfffcff4f420000f0ffff7f"));

        // when
        StoreReport report = store(List.of(Arrays.copyOf(image, image.length - 1), nest.toByteArray(),
                far.toByteArray(), slices.get(1)));

        // then
        assertThat(report.status()).isEqualTo(202);
        assertThat(report.reasons()).isEqualTo(Map.of(FailureReason.CANNOT_UNDERSTAND, 3));
        assertThat(topic.values).containsExactly(slices.get(1));
    }

    private StoreReport store(List<byte[]> instances) throws IOException {
        return storage.store(reader(), new ByteArrayInputStream(body(instances)), "b-x", Optional.empty());
    }

    private static MultipartReader reader() {
        return new MultipartReader(1 << 20, 1 << 19);
    }

    private static byte[] body(List<byte[]> instances) {
        return MultipartReaderTest.body(instances.toArray(byte[][]::new));
    }

    private static JsonNode json(StoreReport report) throws IOException {
        return new ObjectMapper().readTree(report.toJson());
    }

    private static DicomObject header(byte[] part10) {
        return new DicomReader(ReadLimits.DEFAULT).read(part10);
    }

    /** Another transfer syntax in the file meta group, which grows by that. */
    private static byte[] withSyntax(byte[] part10, String uid) {
        String explicit = "1.2.840.10008.1.2.1\0";
        String text = new String(part10, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(explicit);
        byte[] patched = (text.substring(0, at - 2) + (char) uid.length() + "\0" + uid
                + text.substring(at + explicit.length())).getBytes(StandardCharsets.ISO_8859_1);
        int groupLength = 128 + 4 + 8;
        patched[groupLength] += (byte) (uid.length() - explicit.length());
        return patched;
    }

    /** A broker that takes everything, or nothing after so many. */
    private static final class StubTopic implements FramesTopic {
        private final List<String> keys = new ArrayList<>();
        private final List<byte[]> values = new ArrayList<>();
        private int failAfter = Integer.MAX_VALUE;
        private RuntimeException failure = new IllegalStateException("no broker");

        @Override
        public boolean isReachable() {
            return true;
        }

        @Override
        public CompletionStage<Void> deliver(String key, byte[] value) {
            if (values.size() >= failAfter) {
                return CompletableFuture.failedFuture(failure);
            }
            keys.add(key);
            values.add(value);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {}
    }
}
