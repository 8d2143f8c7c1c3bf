package org.regstream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.assembly.AssemblyPolicy;
import org.regstream.core.assembly.FrameAssembler;
import org.regstream.core.quality.Dice;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.read.FrameReader;

class MovingPatientTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final Patient patient = TestPatients.ellipsoids();

    @Test
    void shouldMoveImageAndTruthTogether() {
        // given intensity 100 inside, 0 outside, and no noise
        LiveVolume live = live(4, 0).volume(2, NOW);

        // when the image is cut half-way between the two
        LabelMap seen = above(50, assemble(live));

        // then it shows the truth, and the truth has moved
        LabelMap truth = live.truth().orElseThrow();
        assertThat(Dice.perLabel(foreground(truth), seen, 2)[1]).isGreaterThan(0.95);
        assertThat(Dice.meanForeground(truth, patient.labels(), 3)).isLessThan(0.9);
    }

    @Test
    void shouldKeepTruthInTheLabelSet() {
        LabelMap truth = live(4, 0.05).volume(3, NOW).truth().orElseThrow();

        assertThat(truth.maxLabel()).isEqualTo(2);
        assertThat(truth.count(1)).isPositive();
        assertThat(truth.count(2)).isPositive();
    }

    @Test
    void shouldComeBackAsOneVolumeOnThePatientsGrid() {
        MovingPatient source = live(3, 0.02);

        Volume volume = assemble(source.volume(1, NOW));

        assertThat(volume.grid().isSameAs(source.grid())).isTrue();
    }

    @Test
    void shouldGiveSamePixelsForTheSameNumberAndOtherInstancesToEachVolume() {
        MovingPatient source = live(3, 0.02);

        LiveVolume first = source.volume(1, NOW);
        LiveVolume again = source.volume(1, NOW);
        LiveVolume second = source.volume(2, NOW);

        assertThat(assemble(again).values()).isEqualTo(assemble(first).values());
        assertThat(first.instanceUids()).hasSize(24).doesNotContainAnyElementsOf(second.instanceUids());
        assertThat(second.seriesInstanceUid()).isEqualTo(first.seriesInstanceUid());
    }

    private MovingPatient live(double amplitudeMm, double noise) {
        return new MovingPatient(patient, new BreathingMotion(patient.image().grid(), amplitudeMm, 1), Unrest.NEVER,
                noise, 1);
    }

    private static Volume assemble(LiveVolume live) {
        FrameAssembler<byte[]> assembler = new FrameAssembler<>(AssemblyPolicy.DEFAULT);
        FrameReader reader = FrameReader.withDefaults();
        List<Volume> complete = new ArrayList<>();
        for (byte[] instance : live.instances()) {
            reader.read(instance, NOW).forEach(frame -> {
                if (assembler.offer(frame, instance, NOW) instanceof Complete<byte[]> done) {
                    complete.add(done.volume().volume());
                }
            });
        }
        assertThat(complete).hasSize(1);
        return complete.get(0);
    }

    private static LabelMap above(float limit, Volume image) {
        byte[] labels = new byte[image.grid().size()];
        for (int x = 0; x < labels.length; x++) {
            labels[x] = (byte) (image.values()[x] > limit ? 1 : 0);
        }
        return LabelMap.takeOwnershipOf(image.grid(), labels);
    }

    private static LabelMap foreground(LabelMap map) {
        byte[] labels = map.labels().clone();
        for (int x = 0; x < labels.length; x++) {
            labels[x] = (byte) Math.min(1, labels[x]);
        }
        return LabelMap.takeOwnershipOf(map.grid(), labels);
    }
}
