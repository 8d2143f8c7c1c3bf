package org.regstream.service.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.DicomReader;
import org.regstream.dicom.read.ReadLimits;
import org.regstream.dicom.testkit.Phantom;
import org.regstream.dicom.write.DicomWriter;
import org.regstream.dicom.write.MapQuantity;
import org.regstream.dicom.write.ParametricMapWriter;
import org.regstream.dicom.write.SegmentationAlgorithm;
import org.regstream.service.dicomweb.MultipartReader.Part;
import org.regstream.service.testing.InMemoryChannels;
import org.regstream.service.testing.StubFramesTopic;

@QuarkusTest
@TestProfile(InMemoryChannels.class)
class DicomwebTest {

    private static final String RELATED = "multipart/related; type=\"application/dicom\"; boundary=b-x";
    private static final DicomReader READER = new DicomReader(ReadLimits.DEFAULT);

    @TestHTTPResource
    URI root;
    @Inject
    StubFramesTopic topic;
    @Inject
    ResultStore store;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Phantom phantom = new Phantom(16, 16, 16, List.of(FakeModel.HEAD, FakeModel.BODY));
    private final String series = "2.25." + Math.abs(UUID.randomUUID().getMostSignificantBits());
    private final List<byte[]> slices = phantom.series(series, 1, Instant.EPOCH);

    @AfterEach
    void bringTheBrokerBack() {
        topic.setReachable(true);
    }

    @Test
    void shouldStoreWithAndWithoutAKnownLength() throws Exception {
        int before = topic.values().size();

        HttpResponse<byte[]> known = post("", RELATED, BodyPublishers.ofByteArray(body(slices)));
        HttpResponse<byte[]> chunked = post("/" + Phantom.STUDY, RELATED,
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body(slices))));

        assertThat(known.statusCode()).isEqualTo(200);
        assertThat(known.headers().firstValue("Content-Type")).contains("application/dicom+json");
        assertThat(json(known).get("00081199").get("Value")).hasSize(16);
        assertThat(chunked.statusCode()).isEqualTo(200);
        List<byte[]> came = topic.values().subList(before, topic.values().size());
        assertThat(came.subList(0, 16)).containsExactlyElementsOf(slices);
        assertThat(came.subList(16, 32)).containsExactlyElementsOf(slices);
    }

    /** Three characters more than the standard allows. */
    @Test
    void shouldTakeTheBoundariesOfOrthanc() throws Exception {
        String boundary = UUID.randomUUID() + "-" + UUID.randomUUID();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        new MultipartWriter("application/dicom", boundary, slices).write(body);

        assertThat(post("", "multipart/related; type=\"application/dicom\"; boundary=" + boundary,
                BodyPublishers.ofByteArray(body.toByteArray())).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldSayWhichPartItCouldNotUse() throws Exception {
        List<byte[]> mixed = new ArrayList<>(slices);
        mixed.set(3, new byte[]{1, 2, 3});

        HttpResponse<byte[]> some = post("", RELATED, BodyPublishers.ofByteArray(body(mixed)));
        HttpResponse<byte[]> none = post("/1.2.3", RELATED, BodyPublishers.ofByteArray(body(slices)));

        assertThat(some.statusCode()).isEqualTo(202);
        assertThat(json(some).get("00081199").get("Value")).hasSize(15);
        assertThat(json(some).get("0008119A").get("Value")).hasSize(1);
        assertThat(none.statusCode()).isEqualTo(409);
        assertThat(json(none).get("00081198").get("Value")).hasSize(16);
    }

    @Test
    void shouldRefuseWhatIsNoSuchRequest() throws Exception {
        byte[] body = body(slices);
        assertThat(post("", "multipart/related; type=\"application/dicom\"", BodyPublishers.ofByteArray(body))
                .statusCode()).as("no boundary").isEqualTo(400);
        assertThat(post("", RELATED, BodyPublishers.ofByteArray(Arrays.copyOf(body, body.length - 9))).statusCode())
                .as("cut off").isEqualTo(400);
        assertThat(post("", RELATED, BodyPublishers.ofByteArray(new byte[0])).statusCode()).as("empty").isEqualTo(400);
        assertThat(post("", RELATED, BodyPublishers.ofByteArray("--b-x--\r\n".getBytes())).statusCode())
                .as("no part").isEqualTo(400);
        assertThat(post("", "application/dicom", BodyPublishers.ofByteArray(slices.get(0))).statusCode())
                .as("single part").isEqualTo(415);
        assertThat(post("", "multipart/related; type=\"application/dicom+json\"; boundary=b-x",
                BodyPublishers.ofByteArray(body)).statusCode()).as("JSON").isEqualTo(415);
        assertThat(post("/../x", RELATED, BodyPublishers.ofByteArray(body)).statusCode()).as("no study")
                .isEqualTo(404);
    }

    /** Seven say nothing any more, one drips: none keeps its turn, nor its connection. */
    @Test
    void shouldLetNoSlowClientKeepOthersOut() throws Exception {
        // given
        List<Socket> silent = new ArrayList<>();
        for (int n = 0; n < 7; n++) {
            silent.add(begin(1 << 20));
        }
        Socket dripping = begin(1 << 20);
        await().until(() -> post("", RELATED, BodyPublishers.ofByteArray(body(slices))).statusCode() == 503);

        // when
        String answer = drip(dripping);

        // then
        assertThat(answer).startsWith("HTTP/1.1 408 ").contains("within 6 s");
        for (Socket client : silent) {
            client.setSoTimeout(20_000);
            assertThat(client.getInputStream().readAllBytes()).asString(StandardCharsets.US_ASCII)
                    .doesNotContain("HTTP/1.1 200");
            client.close();
        }
        assertThat(post("", RELATED, BodyPublishers.ofByteArray(body(slices))).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseADeclaredLengthOfTwoGigabytesAtOnce() throws Exception {
        try (Socket client = begin(1L << 31)) {
            client.setSoTimeout(20_000);
            assertThat(new String(client.getInputStream().readNBytes(13), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 413 ");
        }
    }

    /** @return a connection with the start of a request, its first part open */
    private Socket begin(long declared) throws IOException {
        Socket client = new Socket(root.getHost(), root.getPort());
        client.getOutputStream().write(("POST /dicomweb/studies HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + RELATED
                + "\r\nContent-Length: " + declared + "\r\n\r\n--b-x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    /** Sends a byte whenever there was no answer for a while. @return all that is answered until the connection is closed */
    private static String drip(Socket client) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        client.setSoTimeout(200);
        try (client) {
            for (int n = 0; n < 100; n++) {
                try {
                    client.getInputStream().transferTo(answer);
                    return answer.toString(StandardCharsets.US_ASCII);
                } catch (SocketTimeoutException e) {
                    client.getOutputStream().write('x');
                }
            }
        }
        throw new AssertionError("still open after 20 s: " + answer.toString(StandardCharsets.US_ASCII));
    }

    @Test
    void shouldRefuseAtOnceWhileTheBrokerIsAway() throws Exception {
        // given
        topic.setReachable(false);
        int before = topic.values().size();

        // when
        HttpResponse<byte[]> response = post("", RELATED, BodyPublishers.ofByteArray(body(slices)));

        // then
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(topic.values()).hasSize(before);
    }

    @Test
    void shouldHandOutStudySeriesAndInstance() throws Exception {
        // given
        StoredResult first = keep("first");
        StoredResult second = keep("second");

        // when, then
        for (String path : List.of("/" + first.study() + "/series/" + first.series(),
                "/" + first.study() + "/series/" + first.series() + "/instances/" + first.instance())) {
            HttpResponse<byte[]> response = get(path, "multipart/related; type=\"application/dicom\"");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(parts(response)).containsExactly(first.part10());
        }
        assertThat(parts(get("/" + first.study(), "*/*"))).contains(first.part10(), second.part10());
        HttpResponse<byte[]> single = get(path(first), "application/dicom");
        assertThat(single.headers().firstValue("Content-Type")).contains("application/dicom");
        assertThat(single.body()).isEqualTo(first.part10());
    }

    @Test
    void shouldSayWhatItDoesNotHave() throws Exception {
        StoredResult kept = keep("kept");

        assertThat(get("/1.2.3", "*/*").statusCode()).isEqualTo(404);
        assertThat(get("/" + kept.study() + "/series/" + kept.series() + "/instances/1.2.3", "*/*").statusCode())
                .isEqualTo(404);
        assertThat(get(path(kept), "image/jpeg").statusCode()).isEqualTo(406);
        assertThat(
                get(path(kept), "multipart/related; type=\"application/dicom\"; transfer-syntax=1.2.840.10008.1.2.4.90")
                        .statusCode())
                .isEqualTo(406);
    }

    @Test
    void shouldDescribeAResultAndGiveItsPixelsByTheirAddress() throws Exception {
        // given
        StoredResult kept = keep("described");
        DicomObject dicom = READER.read(kept.part10());

        // when
        HttpResponse<byte[]> response = get(path(kept) + "/metadata", "application/dicom+json");

        // then
        assertThat(response.headers().firstValue("Content-Type")).contains("application/dicom+json");
        JsonNode metadata = json(response).get(0);
        assertThat(metadata.get("00080018").get("Value").get(0).asText()).isEqualTo(kept.instance());
        assertThat(metadata.get("00100010").get("Value").get(0).get("Alphabetic").asText())
                .isEqualTo(dicom.string(Tag.PATIENT_NAME));
        assertThat(metadata.get("00280010").get("Value").get(0).asInt()).isEqualTo(16);
        assertThat(metadata.get("52009230").get("Value")).hasSize(16);
        assertThat(metadata.get("00209222").get("Value").get(0).get("00209165").get("Value").get(0).asText())
                .isEqualTo("00200032");
        URI pixels = URI.create(metadata.get("7FE00008").get("BulkDataURI").asText());
        assertThat(pixels.toString()).startsWith(root.toString());
        HttpResponse<byte[]> bulk = http
                .send(HttpRequest.newBuilder(pixels).header("Accept", "application/octet-stream")
                        .build(), BodyHandlers.ofByteArray());
        assertThat(bulk.body()).hasSize(4 * 16 * 16 * 16);
        assertThat(get(path(kept) + "/bulkdata/7FE00010", "*/*").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldFindWhatIsKept() throws Exception {
        // given
        StoredResult kept = keep("found");
        keep("another");

        // when
        JsonNode studies = json(get("?StudyInstanceUID=" + kept.study(), "application/dicom+json"));
        JsonNode series = json(get("/" + kept.study() + "/series?SeriesInstanceUID=" + kept.series(), "*/*"));
        JsonNode instances = json(get("/" + kept.study() + "/series/" + kept.series() + "/instances", "*/*"));
        JsonNode none = json(get("/" + kept.study() + "/series?Modality=US", "*/*"));

        // then
        assertThat(studies).hasSize(1);
        assertThat(studies.get(0).get("0020000D").get("Value").get(0).asText()).isEqualTo(kept.study());
        assertThat(series).hasSize(1);
        assertThat(series.get(0).get("0020000E").get("Value").get(0).asText()).isEqualTo(kept.series());
        assertThat(instances).hasSize(1);
        assertThat(instances.get(0).get("00081190").get("Value").get(0).asText()).endsWith("/dicomweb" + kept.path());
        assertThat(none).isEmpty();
        assertThat(json(get("/" + kept.study() + "/instances?limit=1", "*/*"))).hasSize(1);
        assertThat(json(get("/" + kept.study() + "/instances?offset=1000", "*/*"))).isEmpty();
    }

    /** As it is: another body is answered 415. */
    @Test
    void shouldDescribeWhatItStoresAndAnswers() throws Exception {
        JsonNode paths = new ObjectMapper().readTree(send(HttpRequest.newBuilder(root.resolve("/q/openapi?format=json"))
                .header("Accept", "application/json")).body()).path("paths");

        for (String path : List.of("/dicomweb/studies", "/dicomweb/studies/{study}")) {
            JsonNode store = paths.path(path).path("post");
            assertThat(store.path("requestBody").path("content").fieldNames()).toIterable()
                    .containsExactly("multipart/related");
            assertThat(store.path("responses").fieldNames()).toIterable().containsExactlyInAnyOrder("200", "202", "400",
                    "401", "403", "408", "409", "413", "415", "503");
            assertThat(store.at("/responses/409/content").fieldNames()).toIterable()
                    .containsExactly("application/dicom+json");
        }
        assertThat(paths.at("/~1dicomweb~1studies/get/responses").fieldNames()).toIterable()
                .containsExactlyInAnyOrder("200", "401", "403", "406");
    }

    /** PS3.18: who takes nothing of what there is gets nothing, and is told. */
    @ParameterizedTest
    @ValueSource(strings = {"", "?limit=1", "/%s/series", "/%s/instances", "/%s/series/1.2/instances", "/%s/metadata"})
    void shouldNotAnswerWhatNobodyAsksFor(String path) throws Exception {
        String place = String.format(path, keep("asked").study());

        for (String xml : List.of("application/dicom+xml", "multipart/related; type=\"application/dicom+xml\"")) {
            assertThat(get(place, xml).statusCode()).as(xml).isEqualTo(406);
        }
        for (String json : List.of("*/*", "application/dicom+json", "application/json",
                "application/dicom+xml;q=0.9, application/dicom+json;q=0.1")) {
            HttpResponse<byte[]> response = get(place, json);
            assertThat(response.statusCode()).as(json).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).as(json).contains("application/dicom+json");
        }
    }

    private StoredResult keep(String kind) {
        List<DicomObject> headers = slices.stream().map(READER::read).map(DicomObject::withoutPixelData).toList();
        Volume map = phantom.image();
        DicomObject dicom = ParametricMapWriter.dataSet(map, MapQuantity.labelEntropy(3), headers, "t1",
                new SegmentationAlgorithm("test", "ab", kind, List.of()));
        StoredResult result = new StoredResult(dicom.string(Tag.STUDY_INSTANCE_UID),
                dicom.string(Tag.SERIES_INSTANCE_UID), dicom.string(Tag.SOP_INSTANCE_UID), DicomWriter.write(dicom));
        store.put(result);
        return result;
    }

    private static String path(StoredResult result) {
        return result.path().substring("/studies".length());
    }

    private HttpResponse<byte[]> post(String path, String contentType, BodyPublisher body) throws Exception {
        return send(request(path).header("Content-Type", contentType).POST(body));
    }

    private HttpResponse<byte[]> get(String path, String accept) throws Exception {
        return send(request(path).header("Accept", accept));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(root + "dicomweb/studies" + path)).timeout(Duration.ofSeconds(30));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static byte[] body(List<byte[]> instances) {
        return MultipartReaderTest.body(instances.toArray(byte[][]::new));
    }

    private static List<byte[]> parts(HttpResponse<byte[]> response) throws IOException {
        String type = response.headers().firstValue("Content-Type").orElseThrow();
        List<byte[]> parts = new ArrayList<>();
        new MultipartReader(1 << 24, 1 << 24).read(new ByteArrayInputStream(response.body()),
                type.substring(type.indexOf("boundary=") + "boundary=".length()), (Part p) -> parts.add(p.content()
                        .orElseThrow()));
        return parts;
    }

    private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }
}
