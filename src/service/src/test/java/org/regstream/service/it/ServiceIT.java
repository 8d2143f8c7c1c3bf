package org.regstream.service.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.broker.EmbeddedBroker;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.core.pipeline.ReliabilityMap;
import org.regstream.core.testkit.SystemPython;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.core.volume.nifti.NiftiWriter;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.read.Segmentation;
import org.regstream.dicom.read.SegmentationReader;
import org.regstream.dicom.write.MrImageWriter;
import org.regstream.dicom.write.MrSeriesDescription;
import org.regstream.onnx.EnsemblePackage;

/** The packaged service against a real broker, with the real student and an ensemble that is quick. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String LABELS = "display.labels";
    private static final String MAPS = "display.uncertainty";
    private static final String ALERTS = "display.alerts";
    private static final String DEAD = "dicom.frames.dead-letter";

    private final Path shipped = Path.of(System.getProperty("regstream.root", "."), "models/hippocampus");
    private final FrameReader reader = FrameReader.withDefaults();

    @TempDir
    static Path folder;
    private Path model;
    private EmbeddedBroker broker;
    private ServiceProcess service;
    private KafkaEnds kafka;

    @BeforeAll
    void start() throws IOException {
        assumeTrue(Files.exists(shipped.resolve("manifest.json")), "skipped: no model package at " + shipped);
        model = EnsemblePackage.write(shipped, folder.resolve("hippocampus"));
        broker = EmbeddedBroker.start();
        startService();
        kafka = new KafkaEnds(broker.bootstrapServers());
        kafka.follow();
    }

    /** Nothing is fitted: where time ends a fit, a repeat is another object. */
    private void startService() throws IOException {
        service = ServiceProcess.start(broker.bootstrapServers(), model, folder.resolve("service.log"),
                "regstream.assembly.idle-timeout=2s", "regstream.model.fit-budget=0s");
    }

    @AfterAll
    void stop() {
        Stream.of(kafka, service, broker).filter(Objects::nonNull).forEach(c -> {
            try {
                c.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void shouldBringOutTheVolumeOnceWhenKilledInMidSeries() throws Exception {
        String procedure = "kill-" + UUID.randomUUID();
        String study = uid();
        service.createProcedure(procedure, study, model);
        List<byte[]> slices = series(study, uid(), 1);
        int half = slices.size() / 2;
        kafka.send("killed", slices.subList(0, half));
        await().atMost(LIMIT).until(() -> service.metric("regstream_frames_held") == half);

        service.kill();
        startService();
        kafka.send("killed", slices.subList(half, slices.size()));

        kafka.await(LABELS, of(procedure), LIMIT);
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(250)).until(() -> kafka.uncommitted() == 0);
        kafka.drain();
        assertThat(students(procedure)).hasSize(1);
        assertAssessed(procedure);
        assertThat(codes(procedure)).doesNotContain("GAP", "WRONG_GEOMETRY");
        assertThat(deadLetters("killed")).isEmpty();
    }

    @Test
    void shouldGiveARepeatTheSameIdentifierWhenKilledBeforeTheCommit() throws Exception {
        String procedure = "repeat-" + UUID.randomUUID();
        String study = uid();
        service.createProcedure(procedure, study, model);
        kafka.send("repeated", series(study, uid(), 1));
        kafka.await(LABELS, of(procedure), LIMIT);

        service.kill();
        startService();

        await().atMost(LIMIT).pollInterval(Duration.ofMillis(250)).until(() -> kafka.uncommitted() == 0);
        kafka.drain();
        // student, ensemble and all maps, each once or repeated
        assertRepeats(events(LABELS, procedure), 2);
        assertRepeats(events(MAPS, procedure), ReliabilityMap.values().length);
        assertAssessed(procedure);
    }

    private static void assertRepeats(List<ConsumerRecord<String, byte[]>> events, int objects) {
        assertThat(events.stream().map(r -> KafkaEnds.header(r, "ce_id")).collect(Collectors.toSet()))
                .hasSize(objects);
        assertThat(events.stream().map(r -> List.of(KafkaEnds.header(r, "ce_id"), KafkaEnds.header(r, "ce_source"),
                KafkaEnds.header(r, "ce_acquired"))).collect(Collectors.toSet())).hasSize(objects);
        assertThat(events.stream().map(r -> HexFormat.of().formatHex(r.value()).hashCode())
                .collect(Collectors.toSet())).hasSize(objects);
    }

    /** The ensemble's labels with the Dice to expect, and one object a map, of the volume that the student's labels are of. */
    private void assertAssessed(String procedure) throws Exception {
        ConsumerRecord<String, byte[]> labels = kafka.await(LABELS,
                of(procedure).and(r -> !KafkaEnds.isStudents(r)), LIMIT);
        assertThat(KafkaEnds.header(labels, "ce_volumeid"))
                .isEqualTo(KafkaEnds.header(students(procedure).get(0), "ce_volumeid"));
        assertThat(new ObjectMapper().readTree(KafkaEnds.header(labels, "ce_predicteddice")))
                .hasSize(2).allSatisfy(dice -> assertThat(dice.asDouble())
                        .isCloseTo(EnsemblePackage.PREDICTED_DICE, within(1e-9)));
        assertThat(events(MAPS, procedure).stream().map(r -> KafkaEnds.header(r, "ce_quantity"))
                .collect(Collectors.toSet())).containsExactlyInAnyOrder("label-entropy", "expected-error",
                        "displacement-spread");
        Path map = Files.write(folder.resolve(UUID.randomUUID() + ".dcm"), events(MAPS, procedure).get(0).value());
        assertThat(errorsOfDciodvfy(map, "ParametricMap")).isEmpty();
    }

    /** The template as it lies, live once more: whatever is labelled in it is labelled so again. */
    @Test
    void shouldBringOutTheLabelsThatWereGivenWhateverTheyAre() throws Exception {
        String procedure = "any-" + UUID.randomUUID();
        String study = uid();
        LabelMap given = renumbered(203, 7);
        service.createProcedure(procedure, study, model, written(given), "carried");

        kafka.send("any", series(study, uid(), 1));

        for (boolean isStudents : new boolean[]{true, false}) {
            ConsumerRecord<String, byte[]> labels = kafka.await(LABELS,
                    of(procedure).and(r -> KafkaEnds.isStudents(r) == isStudents), LIMIT);
            // segments count the structures, 7 before 203, from 1
            assertThat(SegmentationReader.read(reader.readObject(labels.value()), given.grid()).labels().labels())
                    .isEqualTo(renumbered(2, 1).labels());
            assertThat(KafkaEnds.header(labels, "ce_labelsource")).isEqualTo("carried");
            JsonNode figures = new ObjectMapper().readTree(KafkaEnds.header(labels, "ce_figures"));
            assertThat(figures.path("structures").findValuesAsText("name")).containsExactly("label 7", "label 203");
            assertThat(figures.path("structures")).allSatisfy(s -> assertThat(s.path("features").fieldNames())
                    .toIterable().containsExactlyElementsOf(ReliabilityFeatures.NAMES.stream()
                            .filter(n -> !ReliabilityFeatures.OF_KNOWN_STRUCTURES.contains(n)).toList()));
        }
        kafka.await(ALERTS, of(procedure), LIMIT);
        assertThat(codes(procedure)).contains("NOT_JUDGED");
    }

    @Test
    void shouldOutlineAnewWhereTheProcedureAsksForIt() throws Exception {
        String procedure = "refined-" + UUID.randomUUID();
        String study = uid();
        service.createProcedure(procedure, study, model, written(renumbered(1, 0)), "refined");

        kafka.send("refined", series(study, uid(), 1));

        ConsumerRecord<String, byte[]> labels = kafka.await(LABELS, of(procedure), LIMIT);
        assertThat(KafkaEnds.header(labels, "ce_labelsource")).isEqualTo("refined");
        assertThat(reader.readObject(labels.value()).sequence(Tag.SEGMENT_SEQUENCE)).singleElement().satisfies(
                segment -> assertThat(segment.string(Tag.SEGMENT_DESCRIPTION))
                        .startsWith("refined: the pre-operative label, carried,"));
    }

    /** The template's labels 1 and 2 under other numbers, 0 for none. */
    private LabelMap renumbered(int one, int two) {
        LabelMap map = NiftiReader.readLabels(model.resolve("template/labels.nii.gz"));
        int[] to = {0, one, two};
        byte[] labels = map.labels().clone();
        for (int x = 0; x < labels.length; x++) {
            labels[x] = (byte) to[labels[x]];
        }
        return LabelMap.takeOwnershipOf(map.grid(), labels);
    }

    private Path written(LabelMap labels) {
        Path file = folder.resolve(UUID.randomUUID() + ".nii.gz");
        NiftiWriter.write(labels, file);
        return file;
    }

    @Test
    void shouldDeadLetterGarbageAndLeaveTheNextVolumeUnharmed() throws Exception {
        String procedure = "garbage-" + UUID.randomUUID();
        String study = uid();
        service.createProcedure(procedure, study, model);
        List<byte[]> slices = series(study, uid(), 1);
        String key = "key-" + procedure;

        kafka.send(key, slices.subList(0, 5));
        kafka.send(key, List.of("no dicom at all".getBytes(StandardCharsets.UTF_8)));
        kafka.send(key, slices.subList(5, slices.size()));

        kafka.await(LABELS, of(procedure), LIMIT);
        ConsumerRecord<String, byte[]> dead = kafka.await(DEAD, r -> key.equals(r.key()), LIMIT);
        assertThat(new String(dead.value(), StandardCharsets.UTF_8)).isEqualTo("no dicom at all");
        assertThat(KafkaEnds.header(dead, "dead-letter-exception-class-name")).contains("DecodeException");
        assertThat(KafkaEnds.header(dead, "dead-letter-reason")).isNotBlank();
        assertThat(KafkaEnds.header(dead, "dead-letter-topic")).isEqualTo("dicom.frames");
        assertThat(KafkaEnds.header(dead, "dead-letter-offset")).isNotBlank();
        assertThat(deadLetters(key)).hasSize(1);
    }

    @Test
    void shouldAlertAndNotRegisterWhenASliceIsMissing() throws Exception {
        String procedure = "gap-" + UUID.randomUUID();
        String study = uid();
        service.createProcedure(procedure, study, model);
        List<byte[]> slices = series(study, uid(), 1);
        slices.remove(11);

        kafka.send("gap", slices);

        JsonNode alert = json(kafka.await(ALERTS, of(procedure), LIMIT));
        assertThat(alert.get("code").asText()).isEqualTo("GAP");
        assertThat(alert.get("kind").asText()).isEqualTo("TECHNICAL");
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(250)).until(() -> kafka.uncommitted() == 0);
        kafka.drain();
        List<ConsumerRecord<String, byte[]>> results = events(LABELS, procedure);
        assertThat(results).extracting(r -> KafkaEnds.header(r, "ce_type"))
                .containsExactly("org.regstream.noregistration.v1");
        assertThat(json(results.get(0)).get("code").asText()).isEqualTo("GAP");
    }

    @Test
    void shouldKnowItsProceduresAfterARestartBeforeItTakesAFrame() throws Exception {
        String procedure = "known-" + UUID.randomUUID();
        String study = uid();
        service.createProcedure(procedure, study, model);
        Duration stopped = service.stop();
        String key = "key-" + procedure;
        kafka.send(key, series(study, uid(), 1));

        startService();

        assertThat(stopped).isLessThan(Duration.ofSeconds(10));
        kafka.await(LABELS, of(procedure), LIMIT);
        kafka.drain();
        assertThat(deadLetters(key)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Study1/13_HCropVolume", "Study2/14_HCropVolume"})
    void shouldRegisterARealSeriesWhateverTheOrderOfItsFrames(String name) throws Exception {
        List<byte[]> slices = realSeries(name);
        String studyUid = reader.readObject(slices.get(0)).string(Tag.STUDY_INSTANCE_UID);
        List<byte[]> shuffled = new ArrayList<>(slices);
        Collections.shuffle(shuffled, new Random(20261121));
        List<byte[]> repeated = new ArrayList<>(slices.subList(0, slices.size() - 1));
        repeated.addAll(slices.subList(2, 9));
        Collections.shuffle(repeated, new Random(20261122));
        repeated.add(slices.get(slices.size() - 1));

        byte[] inOrder = register(studyUid, slices);

        assertThat(Arrays.equals(register(studyUid, shuffled), inOrder)).as("shuffled").isTrue();
        assertThat(Arrays.equals(register(studyUid, repeated), inOrder)).as("repeated").isTrue();
        checkWithOtherPrograms(inOrder);
    }

    /** Through a procedure of the same id each time: identifiers follow from it. */
    private byte[] register(String studyUid, List<byte[]> frames) throws Exception {
        String procedure = "real-" + studyUid.substring(studyUid.length() - 12);
        int before = students(procedure).size();
        service.createProcedure(procedure, studyUid, model);
        kafka.send(studyUid, frames);
        await().atMost(LIMIT).until(() -> {
            kafka.drain();
            return students(procedure).size() > before;
        });
        assertThat(service.delete("/procedures/" + procedure).statusCode()).isEqualTo(204);
        return students(procedure).get(before).value();
    }

    private void checkWithOtherPrograms(byte[] segmentation) throws Exception {
        Segmentation read = SegmentationReader.read(reader.readObject(segmentation));
        assertThat(read.labels().count(1)).isPositive();
        assertThat(read.labels().count(2)).isPositive();
        Path file = Files.write(folder.resolve(UUID.randomUUID() + ".dcm"), segmentation);
        SystemPython.assumeModules("pydicom", "numpy");
        assertThat(SystemPython.output(FRAMES_BY_PYDICOM.formatted(file), folder).lines())
                .containsExactlyInAnyOrderElementsOf(frames(read.labels()));
        assertThat(errorsOfDciodvfy(file, "Segmentation")).isEmpty();
    }

    /** Segment, position of the first voxel, SHA-256 of the frame at one byte a voxel; frames that are empty are left out. */
    private static final String FRAMES_BY_PYDICOM = """
            import hashlib, numpy, pydicom
            d = pydicom.dcmread("%s")
            pixels = d.pixel_array.reshape((-1, d.Rows, d.Columns)).astype(numpy.uint8)
            for groups, frame in zip(d.PerFrameFunctionalGroupsSequence, pixels):
                p = groups.PlanePositionSequence[0].ImagePositionPatient
                if frame.any():
                    print(groups.SegmentIdentificationSequence[0].ReferencedSegmentNumber,
                          *("%%.2f" %% (float(v) + 0.0) for v in p), hashlib.sha256(frame.tobytes()).hexdigest())
            """;

    private static List<String> frames(LabelMap labels) throws NoSuchAlgorithmException {
        Grid g = labels.grid();
        List<String> lines = new ArrayList<>();
        for (int label = 1; label <= labels.maxLabel(); label++) {
            for (int k = 0; k < g.depth(); k++) {
                byte[] frame = new byte[g.height() * g.width()];
                boolean any = false;
                for (int x = 0; x < frame.length; x++) {
                    boolean set = labels.labels()[k * frame.length + x] == label;
                    frame[x] = (byte) (set ? 1 : 0);
                    any |= set;
                }
                if (any) {
                    Vector3 p = g.affine().toLps(k, 0, 0);
                    lines.add(String.format(Locale.ROOT, "%d %.2f %.2f %.2f %s", label, p.x(), p.y(), p.z(),
                            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(frame))));
                }
            }
        }
        return lines;
    }

    private List<String> errorsOfDciodvfy(Path file, String kind) throws Exception {
        Path output = folder.resolve(UUID.randomUUID() + ".txt");
        Process process;
        try {
            process = new ProcessBuilder("dciodvfy", "-new", file.toString()).redirectErrorStream(true)
                    .redirectOutput(output.toFile()).start();
        } catch (IOException e) {
            assumeTrue(false, "skipped: dciodvfy is not installed");
            return List.of();
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<String> lines = Files.readString(output, StandardCharsets.ISO_8859_1).lines().toList();
        assertThat(lines).as("dciodvfy names the kind of object").anyMatch(l -> l.contains(kind));
        return lines.stream().filter(l -> l.startsWith("Error")).toList();
    }

    /** The template as a scanner would send it, one instance a slice. */
    private List<byte[]> series(String study, String series, int volume) {
        Volume image = NiftiReader.readVolume(model.resolve("template/image.nii.gz"));
        return new ArrayList<>(
                MrImageWriter.write(image, new MrSeriesDescription(study, series, uid(), volume, Instant.now())));
    }

    private static List<byte[]> realSeries(String name) throws IOException {
        Path series = Path.of(System.getProperty("regstream.data", "missing"), "dicom", name);
        assumeTrue(Files.isDirectory(series), "skipped: no real series at " + series);
        List<byte[]> slices = new ArrayList<>();
        try (Stream<Path> files = Files.list(series)) {
            for (Path file : files.sorted(Comparator.comparingInt(ServiceIT::number)).toList()) {
                slices.add(Files.readAllBytes(file));
            }
        }
        return slices;
    }

    private static int number(Path file) {
        return Integer.parseInt(file.getFileName().toString().replaceAll("[^0-9]", ""));
    }

    private List<ConsumerRecord<String, byte[]>> events(String topic, String procedure) {
        return kafka.seen(topic).stream().filter(of(procedure)).toList();
    }

    /** Labels that went out at once. */
    private List<ConsumerRecord<String, byte[]>> students(String procedure) {
        return events(LABELS, procedure).stream().filter(KafkaEnds::isStudents).toList();
    }

    private List<String> codes(String procedure) throws IOException {
        List<String> codes = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> alert : events(ALERTS, procedure)) {
            codes.add(json(alert).get("code").asText());
        }
        return codes;
    }

    private List<ConsumerRecord<String, byte[]>> deadLetters(String key) {
        return kafka.seen(DEAD).stream().filter(r -> key.equals(r.key())).toList();
    }

    private static Predicate<ConsumerRecord<String, byte[]>> of(String procedure) {
        return r -> procedure.equals(r.key());
    }

    private static JsonNode json(ConsumerRecord<String, byte[]> alert) throws IOException {
        return new ObjectMapper().readTree(alert.value());
    }

    private static String uid() {
        return "2.25."
                + new BigInteger(1, UUID.randomUUID().toString().substring(0, 13).getBytes(StandardCharsets.UTF_8));
    }
}
