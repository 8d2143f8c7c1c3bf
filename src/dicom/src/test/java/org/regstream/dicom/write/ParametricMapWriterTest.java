package org.regstream.dicom.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.Code;
import org.regstream.dicom.Dciodvfy;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Element;
import org.regstream.dicom.OtherProgram;
import org.regstream.dicom.Tag;

class ParametricMapWriterTest {
    private static final Grid GRID = LiveSeries.GRID;
    private static final MapQuantity ENTROPY = MapQuantity.labelEntropy(3);

    @Test
    void shouldWriteTheSameBytesWhateverTheOrderOfArrival() {
        // given
        List<DicomObject> shuffled = new ArrayList<>(LiveSeries.headers(GRID));
        Collections.shuffle(shuffled, new Random(7));

        // when
        byte[] bytes = ParametricMapWriter.write(randomMap(GRID), ENTROPY, shuffled, LiveSeries.PHASE,
                LiveSeries.ALGORITHM);

        // then
        assertThat(bytes).isEqualTo(write(randomMap(GRID)));
    }

    @Test
    void shouldSayWhatTheValuesAre() {
        // when
        DicomObject dicom = LiveSeries.READER.read(write(randomMap(GRID)));

        // then
        DicomObject shared = dicom.item(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE).orElseThrow();
        DicomObject mapping = shared.item(Tag.REAL_WORLD_VALUE_MAPPING_SEQUENCE).orElseThrow();
        assertThat(mapping.item(Tag.MEASUREMENT_UNITS_CODE_SEQUENCE).flatMap(Code::of))
                .contains(new Code("{nat}", "UCUM", "nats"));
        assertThat(mapping.item(Tag.QUANTITY_DEFINITION_SEQUENCE)
                .flatMap(definition -> definition.item(Tag.CONCEPT_CODE_SEQUENCE)).flatMap(Code::of))
                .contains(ENTROPY.code());
        assertThat(mapping.numbers(Tag.REAL_WORLD_VALUE_SLOPE, 1)).containsExactly(1);
        assertThat(mapping.numbers(Tag.REAL_WORLD_VALUE_INTERCEPT, 1)).containsExactly(0);
        assertThat(dicom.string(Tag.FRAME_OF_REFERENCE_UID)).isEqualTo(LiveSeries.FRAME_OF_REFERENCE);
        assertThat(dicom.string(Tag.MODALITY)).isEqualTo("MR");
        DicomObject window = shared.item(Tag.FRAME_VOI_LUT_SEQUENCE).orElseThrow();
        assertThat(window.numbers(Tag.WINDOW_WIDTH, 1)[0]).isCloseTo(Math.log(3), Offset
                .offset(1e-12));
    }

    /** A NaN would be read as certainty by some, as an error by others. */
    @Test
    void shouldMarkWhatWasNotComputed() {
        // given
        float[] values = new float[GRID.size()];
        values[3] = 0.5f;
        values[4] = Float.NaN;

        // when
        DicomObject dicom = LiveSeries.READER.read(write(Volume.takeOwnershipOf(GRID, values)));

        // then
        assertThat(dicom.numbers(Tag.FLOAT_PIXEL_PADDING_VALUE, 1)).containsExactly(-1);
        assertThat(pixels(dicom)).startsWith(0, 0, 0, 0.5f, -1, 0);
        DicomObject mapping = dicom.item(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE)
                .flatMap(shared -> shared.item(Tag.REAL_WORLD_VALUE_MAPPING_SEQUENCE)).orElseThrow();
        assertThat(mapping.numbers(Tag.DOUBLE_FLOAT_REAL_WORLD_VALUE_FIRST_VALUE_MAPPED, 1)).containsExactly(0);
        assertThat(mapping.numbers(Tag.DOUBLE_FLOAT_REAL_WORLD_VALUE_LAST_VALUE_MAPPED, 1)).containsExactly(0.5);
        assertThat(LiveSeries.READER.read(write(randomMap(GRID))).has(Tag.FLOAT_PIXEL_PADDING_VALUE)).isFalse();
    }

    /** -2.5 is the smallest value, so NaN becomes -4: floor(-2.5) - 1. */
    @Test
    void shouldPadBelowNegativeValues() {
        float[] values = new float[GRID.size()];
        values[0] = -2.5f;
        values[1] = Float.NaN;

        FloatPixels pixels = FloatPixels.of(Volume.takeOwnershipOf(GRID, values));

        assertThat(pixels.values()).startsWith(-2.5f, -4, 0);
        assertThat(values[1]).isNaN();
    }

    @Test
    void shouldRefuseInfiniteValuesAndForeignSources() {
        float[] values = new float[GRID.size()];
        values[7] = Float.POSITIVE_INFINITY;
        assertThatThrownBy(() -> write(Volume.takeOwnershipOf(GRID, values)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("modest size");

        Grid elsewhere = new Grid(4, 5, 7, GRID.affine().translated(new Vector3(0, 0, 50)));
        assertThatThrownBy(() -> ParametricMapWriter.write(randomMap(elsewhere), ENTROPY, LiveSeries.headers(GRID),
                LiveSeries.PHASE, LiveSeries.ALGORITHM)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no source image");
        assertThatThrownBy(() -> ParametricMapWriter.write(randomMap(GRID), ENTROPY, List.of(), LiveSeries.PHASE,
                LiveSeries.ALGORITHM)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs source images");
    }

    @Test
    void shouldSatisfyDciodvfy(@TempDir Path folder) throws Exception {
        // given
        float[] values = randomMap(GRID).values().clone();
        values[11] = Float.NaN;
        Path file = Files.write(folder.resolve("map.dcm"), write(Volume.takeOwnershipOf(GRID, values)));

        // when
        List<String> errors = Dciodvfy.errors(file);

        // then
        assertThat(errors).isEmpty();
    }

    static List<MapQuantity> quantities() {
        return List.of(ENTROPY, MapQuantity.expectedError(), MapQuantity.displacementSpread());
    }

    /** A box from voxel (1, 2, 3) on, as a network's window covers it. */
    @ParameterizedTest
    @MethodSource("quantities")
    void shouldWriteAnyQuantityOnABoxOfTheLiveGrid(MapQuantity quantity, @TempDir Path folder) throws Exception {
        // given
        Grid box = GRID.window(1, 2, 3, 2, 3, 4);

        // when
        byte[] bytes = ParametricMapWriter.write(randomMap(box), quantity, LiveSeries.headers(GRID), LiveSeries.PHASE,
                LiveSeries.ALGORITHM);

        // then: its first frame lies on the second source image
        DicomObject first = LiveSeries.READER.read(bytes).sequence(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE).get(0);
        String source = first.item(Tag.DERIVATION_IMAGE_SEQUENCE)
                .flatMap(derived -> derived.item(Tag.SOURCE_IMAGE_SEQUENCE)).orElseThrow()
                .string(Tag.REFERENCED_SOP_INSTANCE_UID);
        assertThat(source).isEqualTo(LiveSeries.headers(GRID).get(1).string(Tag.SOP_INSTANCE_UID));
        Path file = Files.write(folder.resolve("map.dcm"), bytes);
        assertThat(Dciodvfy.errors(file)).isEmpty();
    }

    @Test
    void shouldGiveEachQuantityIdentifiersOfItsOwn() {
        assertThat(quantities().stream().map(q -> ParametricMapWriter.dataSet(randomMap(GRID), q,
                LiveSeries.headers(GRID), LiveSeries.PHASE, LiveSeries.ALGORITHM).string(Tag.SOP_INSTANCE_UID))
                .distinct())
                .hasSize(3);
    }

    @Test
    void shouldRefuseACodeThatDicomCannotHold() {
        assertThatThrownBy(
                () -> new MapQuantity(new Code("SEVENTEEN_LETTERS", "99X", "Too long"), "a map", ENTROPY.unit(), 0, 1))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("16");
    }

    @ParameterizedTest
    @MethodSource("org.regstream.dicom.write.RealSeries#names")
    void shouldSatisfyDciodvfyForARealSeries(String name, @TempDir Path folder) throws Exception {
        // given
        RealSeries series = RealSeries.read(name);

        // when
        byte[] bytes = ParametricMapWriter.write(randomMap(series.grid()), ENTROPY, series.headers(), series.phase(),
                LiveSeries.ALGORITHM);

        // then
        Path file = Files.write(folder.resolve("object.dcm"), bytes);
        assertThat(Dciodvfy.errors(file)).isEmpty();
    }

    @Test
    void shouldBeReadByPydicomToTheSameValues(@TempDir Path folder) throws Exception {
        // given
        Volume map = randomMap(GRID);
        Path file = Files.write(folder.resolve("map.dcm"), write(map));

        // when
        List<String> lines = OtherProgram.python("dump_parametric_map.py", List.of(file.toString()));

        // then
        assertThat(lines).hasSize(1 + GRID.depth());
        assertThat(lines.get(0)).isEqualTo("{nat}\tUCUM\tLABEL_ENTROPY\t99REGSTREAM");
        for (int k = 0; k < GRID.depth(); k++) {
            String[] numbers = lines.get(1 + k).split("\t");
            Vector3 position = new Vector3(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]),
                    Double.parseDouble(numbers[2]));
            assertThat(position.minus(GRID.affine().toLps(k, 0, 0)).norm()).isLessThan(1e-9);
            for (int x = 0; x < 35; x++) {
                assertThat(Float.parseFloat(numbers[3 + x])).isEqualTo(map.values()[35 * k + x]);
            }
        }
    }

    private static byte[] write(Volume map) {
        return ParametricMapWriter.write(map, ENTROPY, LiveSeries.headers(map.grid()), LiveSeries.PHASE,
                LiveSeries.ALGORITHM);
    }

    private static Volume randomMap(Grid grid) {
        Random random = new Random(5);
        float[] values = new float[grid.size()];
        for (int x = 0; x < values.length; x++) {
            values[x] = (float) (random.nextFloat() * Math.log(3));
        }
        return Volume.takeOwnershipOf(grid, values);
    }

    private static float[] pixels(DicomObject dicom) {
        byte[] bytes = ((Element.Bytes) dicom.element(Tag.FLOAT_PIXEL_DATA).orElseThrow()).value();
        float[] pixels = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(pixels);
        return pixels;
    }
}
