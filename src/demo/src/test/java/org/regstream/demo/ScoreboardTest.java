package org.regstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regstream.core.line.Network;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.volume.LabelMap;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.write.SegmentationAlgorithm;
import org.regstream.dicom.write.SegmentationWriter;

class ScoreboardTest {

    private static final ModelGrid WINDOW = new ModelGrid(24, 32, 28, 1, "LPS");

    private final Patient patient = TestPatients.ellipsoids();
    private final MovingPatient source = new MovingPatient(patient,
            new BreathingMotion(patient.image().grid(), 6, 1), Unrest.NEVER, 0, 1);
    private final Scoreboard scoreboard = new Scoreboard(patient, WINDOW, source);

    @Test
    void shouldRateLabelsOfTheVolumeTheyReferTo() {
        // given two volumes on their way, sent at 1 s and 2 s
        LiveVolume first = source.volume(1, Instant.EPOCH);
        scoreboard.sent(first, 1_000_000_000L);
        scoreboard.sent(source.volume(2, Instant.EPOCH), 2_000_000_000L);

        // when the true labels of the first come 350 ms after its last slice, the queue having taken 4 ms, the network 300 and the fit 40
        VolumeScore score = scoreboard.received(labels(first, first.truth().orElseThrow(), 1_350_000_000L))
                .orElseThrow();

        // then
        assertThat(score.number()).isEqualTo(1);
        assertThat(score.totalMillis()).isCloseTo(350, within(1e-9));
        assertThat(score.queueMillis()).isEqualTo(4);
        assertThat(score.ownMillis()).isCloseTo(6, within(1e-9));
        assertThat(score.overlap().orElseThrow()).hasSize(2).allSatisfy(overlap -> {
            assertThat(overlap.registered()).isEqualTo(1);
            assertThat(overlap.unregistered()).isBetween(0.3, 0.95);
        });
    }

    @Test
    void shouldRateUnmovedLabelsAsUnregistered() {
        LiveVolume live = source.volume(2, Instant.EPOCH);
        scoreboard.sent(live, 0);

        VolumeScore score = scoreboard.received(labels(live, patient.labels(), 1)).orElseThrow();

        assertThat(score.overlap().orElseThrow()).hasSize(2).allSatisfy(
                overlap -> assertThat(overlap.registered()).isEqualTo(overlap.unregistered()));
    }

    @Test
    void shouldIgnoreRepeatedLabels() {
        LiveVolume live = source.volume(1, Instant.EPOCH);
        scoreboard.sent(live, 0);
        DisplayEvent.Labels labels = labels(live, patient.labels(), 1);

        assertThat(scoreboard.received(labels)).isPresent();
        assertThat(scoreboard.received(labels)).isEmpty();
    }

    @Test
    void shouldGiveUpOvertakenVolumes() {
        LiveVolume second = source.volume(2, Instant.EPOCH);
        scoreboard.sent(source.volume(1, Instant.EPOCH), 10);
        scoreboard.sent(second, 20);
        scoreboard.sent(source.volume(3, Instant.EPOCH), 30);

        scoreboard.received(labels(second, patient.labels(), 25));

        assertThat(scoreboard.overdue(1000)).contains(3);
    }

    @Test
    void shouldNameOldestVolumeSentBeforeADeadline() {
        scoreboard.sent(source.volume(1, Instant.EPOCH), 10);
        scoreboard.sent(source.volume(2, Instant.EPOCH), 20);

        assertThat(scoreboard.overdue(10)).isEmpty();
        assertThat(scoreboard.overdue(11)).contains(1);
    }

    @Test
    void shouldSayNothingOfOverlapWithoutTruth() {
        StillImage still = new StillImage(patient.image(), Optional.empty());
        Scoreboard unknown = new Scoreboard(patient, WINDOW, still);
        LiveVolume live = still.volume(1, Instant.EPOCH);
        unknown.sent(live, 0);

        assertThat(unknown.received(labels(live, patient.labels(), 1)).orElseThrow().overlap()).isEmpty();
    }

    @Test
    void shouldRateTheEnsemblesLabelsOnceTheStudentsHaveCome() {
        LiveVolume live = source.volume(1, Instant.EPOCH);
        scoreboard.sent(live, 0);
        DisplayEvent.Labels second = labels(Network.ENSEMBLE, live, patient.labels(), 2_000_000);

        assertThat(scoreboard.received(second)).as("before the student's").isEmpty();
        scoreboard.received(labels(live, patient.labels(), 1_000_000));
        assertThat(scoreboard.isUnassessed(1)).isTrue();
        VolumeScore score = scoreboard.received(second).orElseThrow();

        assertThat(score.isStudents()).isFalse();
        assertThat(score.totalMillis()).isCloseTo(2, within(1e-9));
        assertThat(scoreboard.isUnassessed(1)).isFalse();
    }

    private DisplayEvent.Labels labels(LiveVolume live, LabelMap map, long arrivedNanos) {
        return labels(Network.STUDENT, live, map, arrivedNanos);
    }

    private DisplayEvent.Labels labels(Network source, LiveVolume live, LabelMap map, long arrivedNanos) {
        FrameReader reader = FrameReader.withDefaults();
        List<DicomObject> headers = new ArrayList<>();
        live.instances().forEach(instance -> headers.add(reader.readObject(instance).withoutPixelData()));
        byte[] segmentation = SegmentationWriter.write(map, patient.structures(), headers,
                new SegmentationAlgorithm("test", "0123", "student", List.of()));
        return new DisplayEvent.Labels("2.25.1", source, segmentation, 4, 300, 40, Map.of(), arrivedNanos);
    }
}
