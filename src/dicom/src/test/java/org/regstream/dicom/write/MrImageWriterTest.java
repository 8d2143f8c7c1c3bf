package org.regstream.dicom.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.assembly.Frame;
import org.regstream.core.assembly.VolumeKey;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.Dciodvfy;
import org.regstream.dicom.read.FrameReader;

class MrImageWriterTest {
    private static final Instant ACQUIRED = Instant.parse("2026-11-21T04:00:00.125Z");
    private static final MrSeriesDescription SERIES = new MrSeriesDescription("1.2.3", "1.2.3.1", "1.2.3.9", 2,
            ACQUIRED);
    private static final Grid GRID = new Grid(3, 2, 4, new Affine(new Vector3(-12.5, 30.25, 101),
            new Vector3(0, -1.2, 1.6), new Vector3(0, 0.4, 0.3), new Vector3(0.7, 0, 0)));

    @Test
    void shouldComeBackAsItWent() {
        // given
        float[] values = new float[GRID.size()];
        for (int x = 0; x < values.length; x++) {
            values[x] = 100 * x;
        }

        // when
        List<byte[]> instances = MrImageWriter.write(Volume.takeOwnershipOf(GRID, values), SERIES);

        // then
        assertThat(instances).hasSize(3);
        for (int k = 0; k < 3; k++) {
            Frame frame = read(instances.get(k));
            assertThat(frame.key()).isEqualTo(new VolumeKey("1.2.3.1", "t2 a2"));
            assertThat(frame.declaredSlices()).isEqualTo(3);
            assertThat(frame.acquiredAt()).isEqualTo(ACQUIRED);
            assertThat(frame.slices().get(0).grid().isSameAs(GRID.window(k, 0, 0, 1, 2, 4))).isTrue();
            assertThat(frame.slices().get(0).values()).containsExactly(100 * 8 * k, 100 * (8 * k + 1),
                    100 * (8 * k + 2), 100 * (8 * k + 3), 100 * (8 * k + 4), 100 * (8 * k + 5), 100 * (8 * k + 6),
                    100 * (8 * k + 7));
        }
    }

    /** Range 3 over 65535 steps: half a step is 2.3e-5. */
    @Test
    void shouldRescaleFractionsAndNegativeValues() {
        // given
        float[] values = new float[GRID.size()];
        for (int x = 0; x < values.length; x++) {
            values[x] = -1 + 3f * x / (values.length - 1);
        }

        // when
        List<byte[]> instances = MrImageWriter.write(Volume.takeOwnershipOf(GRID, values), SERIES);

        // then
        float[] last = read(instances.get(2)).slices().get(0).values();
        for (int x = 0; x < 8; x++) {
            assertThat(last[x]).isCloseTo(values[16 + x], within(2.4e-5f));
        }
    }

    @Test
    void shouldRefuseWhatIsNotFinite() {
        float[] values = new float[GRID.size()];
        values[3] = Float.NaN;
        Volume volume = Volume.takeOwnershipOf(GRID, values);

        assertThatThrownBy(() -> MrImageWriter.write(volume, SERIES)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("finite");
    }

    @Test
    void shouldSatisfyDciodvfy(@TempDir Path folder) throws IOException {
        // given
        Path file = Files.write(folder.resolve("mr.dcm"),
                MrImageWriter.write(Volume.takeOwnershipOf(GRID, new float[GRID.size()]), SERIES).get(0));

        // when
        List<String> errors = Dciodvfy.errors(file);

        // then
        assertThat(errors).isEmpty();
    }

    private static Frame read(byte[] part10) {
        List<Frame> frames = FrameReader.withDefaults().read(part10, Instant.EPOCH);
        assertThat(frames).hasSize(1);
        return frames.get(0);
    }
}
