package org.regstream.service.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.broker.EmbeddedBroker;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.write.MrImageWriter;
import org.regstream.dicom.write.MrSeriesDescription;
import org.regstream.onnx.EnsemblePackage;
import org.regstream.service.deployment.InteropScript;
import org.regstream.service.deployment.InteropScript.Outcome;

/** A study sent to Orthanc by C-STORE comes out as a registered volume, and its results are found in Orthanc. */
class OrthancRouteIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String STUDY = "2.25.7001";
    private static final String SERIES = "2.25.7002";

    private final Path shipped = Path.of(System.getProperty("regstream.root", "."), "models/hippocampus");

    @TempDir
    Path folder;

    @Test
    void shouldRegisterWhatOrthancForwardsAndFindTheResultsThere() throws Exception {
        // given
        assumeTrue(Files.exists(shipped.resolve("manifest.json")), "skipped: no model package at " + shipped);
        Path model = EnsemblePackage.write(shipped, folder.resolve("hippocampus"));
        Path study = writeStudy(model);
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                ServiceProcess service = ServiceProcess.start(broker.bootstrapServers(), model,
                        folder.resolve("service.log"), "regstream.assembly.idle-timeout=20s");
                KafkaEnds kafka = new KafkaEnds(broker.bootstrapServers())) {
            kafka.follow();
            service.createProcedure("orthanc", STUDY, model);

            // when
            Outcome outcome = InteropScript.run(LIMIT, "orthanc.sh", service.uri(""), study);

            // then
            assertThat(outcome.status()).as("%s%n%s", outcome.output(), service.log()).isZero();
            assertThat(outcome.output().lines().filter(l -> l.startsWith("in Orthanc: SEG"))).hasSize(2);
            assertThat(outcome.output().lines().filter(l -> l.startsWith("in Orthanc: MR"))).hasSize(3);
            assertThat(outcome.output().lines().filter(l -> l.startsWith("in Orthanc: REG"))).hasSize(3);
            ConsumerRecord<String, byte[]> labels = kafka.await("display.labels", KafkaEnds::isStudents, LIMIT);
            assertThat(labels.key()).isEqualTo("orthanc");
            assertThat(FrameReader.withDefaults().readObject(labels.value()).string(Tag.STUDY_INSTANCE_UID))
                    .isEqualTo(STUDY);
            kafka.drain();
            assertThat(kafka.seen("dicom.frames.dead-letter")).isEmpty();
            assertThat(kafka.seen("display.displacement")).as("the pose, and a field of either network").hasSize(3);
            await().atMost(LIMIT).until(() -> kafka.uncommitted() == 0);
            assertValid(kafka);
        }
    }

    /** As they came out on the topics. */
    private void assertValid(KafkaEnds kafka) throws Exception {
        List<Path> objects = new ArrayList<>();
        for (String topic : List.of("display.labels", "display.uncertainty", "display.displacement")) {
            for (ConsumerRecord<String, byte[]> record : kafka.seen(topic)) {
                objects.add(Files.write(folder.resolve("object-" + objects.size() + ".dcm"), record.value()));
            }
        }
        Outcome outcome = InteropScript.run(LIMIT, "dciodvfy.sh", objects.toArray());
        assertThat(objects).hasSize(8);
        assertThat(outcome.status()).as(outcome.output()).isZero();
    }

    /** The template as a scanner would send it. */
    private Path writeStudy(Path model) throws IOException {
        Volume image = NiftiReader.readVolume(model.resolve("template/image.nii.gz"));
        Path target = Files.createDirectory(folder.resolve("study"));
        List<byte[]> slices = MrImageWriter.write(image,
                new MrSeriesDescription(STUDY, SERIES, "2.25.7003", 1, Instant.now()));
        for (int k = 0; k < slices.size(); k++) {
            Files.write(target.resolve(String.format("%03d.dcm", k)), slices.get(k));
        }
        return target;
    }
}
