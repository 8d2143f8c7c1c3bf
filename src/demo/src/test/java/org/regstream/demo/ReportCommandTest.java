package org.regstream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.broker.EmbeddedBroker;
import org.regstream.demo.report.ReportCommand;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.write.DicomWriter;
import org.regstream.dicom.write.SegmentationAlgorithm;
import org.regstream.dicom.write.SegmentationWriter;
import picocli.CommandLine;

/** The events are of an operation that did not take place; its objects are real. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ReportCommandTest {

    private static final String PROCEDURE = "room-1";
    private static final Instant T0 = Instant.parse("2026-11-30T10:00:00Z");
    private static final FrameReader READER = FrameReader.withDefaults();

    static EmbeddedBroker broker;
    static KafkaProducer<String, byte[]> producer;

    @TempDir
    Path folder;

    @BeforeAll
    static void operate() {
        broker = EmbeddedBroker.start();
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(),
                new ByteArraySerializer());
        for (int volume = 1; volume <= 3; volume++) {
            List<DicomObject> sources = sources(volume);
            sources.forEach(source -> send("dicom.frames", source.string(Tag.SERIES_INSTANCE_UID),
                    DicomWriter.write(source), Map.of()));
            byte[] labels = SegmentationWriter.write(TestPatients.ellipsoids().labels(),
                    List.of(TestPatients.FRONT, TestPatients.BACK), sources,
                    new SegmentationAlgorithm("test", "1", "student", List.of(), List.of(), Map.of()));
            labels("s" + volume, volume, "student", labels, "");
            labels("e" + volume, volume, "ensemble", labels, ", \"verdict\": {\"predictedDice\": "
                    + (volume == 2 ? 0.41 : 0.9) + "}");
        }
        labels("e2", 2, "ensemble", new byte[0], ", \"verdict\": {\"predictedDice\": 0.01}");
        send("display.labels", PROCEDURE, "{\"code\": \"GAP\", \"reason\": \"1 <slice> is missing.\"}".getBytes(
                StandardCharsets.UTF_8), headers("n1", 4, "org.regstream.noregistration.v1"));
        alert("ACTIVE", "MEDIUM", 5, "It is uncertain.", "");
        alert("ACTIVE", "HIGH", 6, "It is still uncertain.",
                ", \"acknowledgement\": {\"by\": \"surgeon\", \"at\": \"2026-11-30T10:00:06Z\", \"until\": \"2026-11-30T10:05:00Z\"}");
        alert("INACTIVE", "HIGH", 9, "It is over.", "");
        send("display.alerts", "room-2", "{\"alertId\": \"x\", \"code\": \"STALE\"}".getBytes(StandardCharsets.UTF_8),
                Map.of());
        producer.flush();
    }

    @AfterAll
    static void stop() {
        producer.close();
        broker.close();
    }

    private static List<DicomObject> sources(int volume) {
        return new StillImage(TestPatients.ellipsoids().image(), Optional.empty()).volume(volume, at(volume))
                .instances().stream().map(READER::readObject).map(instance -> DicomObject.builder().all(instance)
                        .text(Tag.PATIENT_NAME, "Doe^Jane").text(Tag.PATIENT_ID, "4711").build())
                .toList();
    }

    private static void labels(String id, int volume, String network, byte[] object, String verdict) {
        Map<String, String> headers = headers(id, volume, "org.regstream.labels." + network + ".v1");
        headers.put("ce_volumeid", "v" + volume);
        headers.put("ce_lastslice", at(volume).toString());
        headers.put("ce_time", at(volume).plusMillis(network.equals("student") ? 250 : 1750).toString());
        headers.put("ce_figures", "{\"field\": \"network-fitted\", \"pose\": {\"turnedDegrees\": 3.04, \"movedMm\": 2, "
                + "\"basis\": \"images\"}, \"structures\": [{\"name\": \"front\"" + verdict + "}]}");
        send("display.labels", PROCEDURE, object, headers);
    }

    private static Map<String, String> headers(String id, int second, String type) {
        return new HashMap<>(Map.of("ce_id", id, "ce_type", type, "ce_acquired", at(second).toString(), "ce_modelid",
                "a-model"));
    }

    private static void alert(String state, String priority, int second, String sentence, String more) {
        send("display.alerts", PROCEDURE,
                ("{\"alertId\": \"a1\", \"code\": \"LABEL_UNCERTAIN\", \"structure\": \"front\","
                        + " \"state\": \"" + state + "\", \"priority\": \"" + priority + "\", \"since\": \"" + at(5)
                        + "\", \"at\": \"" + at(second) + "\", \"sentence\": \"" + sentence + "\"" + more + "}")
                        .getBytes(StandardCharsets.UTF_8),
                Map.of());
    }

    private static void send(String topic, String key, byte[] value, Map<String, String> headers) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        producer.send(record);
    }

    private static Instant at(int second) {
        return T0.plusSeconds(second);
    }

    @Test
    void shouldTellWhatHappened() throws Exception {
        String page = report(0);

        assertThat(page).contains("<h1>regstream: room-1</h1>", "a-model", "2026-11-30 10:00:01 to 2026-11-30 10:00:04",
                "3, of them checked by the ensemble 3", "median 0.25 s", "median 1.75 s",
                "front 0.41 at 2026-11-30 10:00:02", "turned 3.0\u00b0, moved 2.0 mm (images)",
                "GAP</td>", "1 &lt;slice&gt; is missing.");
        assertThat(page).as("one alert, and what it said before it was over").contains(
                "<td>2026-11-30 10:00:05</td><td>2026-11-30 10:00:09</td><td>high</td>"
                        + "<td>LABEL_UNCERTAIN front: It is still uncertain.</td><td>surgeon at 2026-11-30 10:00:06</td>")
                .containsOnlyOnce("LABEL_UNCERTAIN").doesNotContain("STALE");
    }

    /** A report is passed around. */
    @Test
    void shouldNameThePatientOnlyWhenAsked() throws Exception {
        assertThat(report(0)).doesNotContain("Doe", "Jane", "4711");
        assertThat(report(0, "--identity")).contains("Doe^Jane 4711");
    }

    @Test
    void shouldFetchNothingFromOutside() throws Exception {
        assertThat(report(0)).doesNotContain("http:", "https:", "<script", "url(");
    }

    /** The outline's colours are where the labels are: one ellipsoid in the upper half, the other in the lower, and both end at the middle; a line is two pixels. */
    @Test
    void shouldDrawTheWorstAndTheLastWithTheirOutlines() throws Exception {
        List<BufferedImage> pictures = Pattern.compile("base64,([A-Za-z0-9+/=]+)").matcher(report(0)).results()
                .map(ReportCommandTest::picture).toList();

        assertThat(pictures).hasSize(2);
        for (BufferedImage picture : pictures) {
            assertThat(rows(picture, 0xff0000)).isNotEmpty().allMatch(y -> y <= picture.getHeight() / 2 + 1)
                    .anyMatch(y -> y < picture.getHeight() / 4);
            assertThat(rows(picture, 0x00ff00)).isNotEmpty().allMatch(y -> y >= picture.getHeight() / 2 - 1)
                    .anyMatch(y -> y > 3 * picture.getHeight() / 4);
        }
    }

    private static BufferedImage picture(MatchResult found) {
        try {
            return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(found.group(1))));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Integer> rows(BufferedImage picture, int rgb) {
        return IntStream.range(0, picture.getWidth() * picture.getHeight())
                .filter(x -> (picture.getRGB(x % picture.getWidth(), x / picture.getWidth()) & 0xffffff) == rgb)
                .map(x -> x / picture.getWidth()).boxed().toList();
    }

    @Test
    void shouldSayThatNothingIsKnownOfAProcedure() throws Exception {
        StringWriter err = new StringWriter();

        int code = new CommandLine(new ReportCommand()).setErr(new PrintWriter(err, true)).execute("--procedure",
                "room-9", "--bootstrap", broker.bootstrapServers(), "--out", folder.resolve("r.html").toString());

        assertThat(code).isOne();
        assertThat(err.toString()).contains("nothing of procedure room-9");
        assertThat(folder.resolve("r.html")).doesNotExist();
    }

    private String report(int code, String... options) throws Exception {
        Path file = folder.resolve("report.html");
        List<String> arguments = new ArrayList<>(List.of("--procedure", PROCEDURE, "--bootstrap",
                broker.bootstrapServers(), "--out", file.toString()));
        arguments.addAll(List.of(options));
        assertThat(new CommandLine(new ReportCommand()).execute(arguments.toArray(String[]::new))).isEqualTo(code);
        return Files.readString(file);
    }
}
