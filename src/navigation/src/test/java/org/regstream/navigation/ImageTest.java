package org.regstream.navigation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Orientation;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.pipeline.Placement;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

class ImageTest {

    /** Single precision of positions within a metre. */
    private static final double FLOAT_MM = 1e-4;

    @Test
    void shouldLayOutAnImageByHand() {
        // given: 2 columns of 0.5 mm, 1 row of 3 mm, 2 slices of 2 mm; voxel (0, 0, 0) at LPS (10, 20, 30)
        Grid grid = new Grid(2, 1, 2, Affine.axisAligned(new Vector3(10, 20, 30), 2, 3, 0.5));
        Pixels pixels = Pixels.ofIntensities(Volume.copyOf(grid, new float[]{1, -2, 256, 4}));

        // when
        byte[] body = body(Image.of(grid, pixels));

        // then
        assertThat(body).isEqualTo(HexFormat.of().parseHex(String.join("", "0001", // format version
                "01", "04", "02", "01", // one component, int16, little-endian, RAS
                "0002", "0001", "0002", // columns, rows, slices
                "BF000000", "80000000", "00000000", // columns run to the patient's left: (-0.5, -0, 0) in RAS
                "80000000", "C0400000", "00000000", // rows to the back: (-0, -3, 0)
                "80000000", "80000000", "40000000", // slices to the head: (-0, -0, 2)
                "C1240000", "C1A00000", "41F80000", // the middle: LPS (10.25, 20, 31), RAS (-10.25, -20, 31)
                "0000", "0000", "0000", "0002", "0001", "0002", // sub-volume: all of it
                "0100", "FEFF", "0001", "0400"))); // 1, -2, 256, 4
    }

    @ParameterizedTest
    @MethodSource("org.regstream.core.testkit.TestOrientations#all48()")
    void shouldPutEveryVoxelWhereItLiesWhateverTheOrderOfItsAxes(String code) {
        for (Grid original : new Grid[]{TestGrids.oblique(3, 4, 5), TestGrids.leftHanded(2, 5, 3),
                TestGrids.sheared(4, 2, 3)}) {
            for (PatientAxes axes : PatientAxes.values()) {
                // given
                Grid grid = new Orientation(code).reorient(original);
                LabelMap labels = RandomData.labels(grid, 256, 7);

                // when
                byte[] body = body(new Image(grid, Pixels.of(labels), axes));

                // then
                assertReadsBack(body, labels, axes);
            }
        }
    }

    /** Reads the message as the specification has it: position = P + (i - (RI - 1) / 2) T + … */
    private static void assertReadsBack(byte[] body, LabelMap labels, PatientAxes axes) {
        Grid grid = labels.grid();
        ByteBuffer in = ByteBuffer.wrap(body);
        assertThat(in.get(5)).isEqualTo((byte) (axes == PatientAxes.RAS ? 1 : 2));
        in.position(6);
        int[] size = {in.getShort(), in.getShort(), in.getShort()};
        Vector3[] columns = {vector(in), vector(in), vector(in), vector(in)};
        for (int at = 72, k = 0; k < size[2]; k++) {
            for (int j = 0; j < size[1]; j++) {
                for (int i = 0; i < size[0]; i++, at++) {
                    Vector3 read = columns[3].plus(columns[0].times(i - (size[0] - 1) / 2.0))
                            .plus(columns[1].times(j - (size[1] - 1) / 2.0))
                            .plus(columns[2].times(k - (size[2] - 1) / 2.0));
                    Vector3 lps = axes == PatientAxes.RAS ? new Vector3(-read.x(), -read.y(), read.z()) : read;
                    assertThat(lps.minus(grid.affine().toLps(k, j, i)).norm()).isLessThan(FLOAT_MM);
                    assertThat(body[at] & 0xff).isEqualTo(labels.at(k, j, i));
                }
            }
        }
    }

    @Test
    void shouldChooseTheSmallestTypeThatHoldsEachIntensity() {
        assertThat(scalarType(-32768, 32767)).as("int16").isEqualTo(4);
        assertThat(scalarType(0, 32768)).as("uint16").isEqualTo(5);
        assertThat(scalarType(0, 65535)).as("uint16").isEqualTo(5);
        assertThat(scalarType(-1, 32768)).as("float32").isEqualTo(10);
        assertThat(scalarType(0, 65536)).as("float32").isEqualTo(10);
        assertThat(scalarType(0, 0.5f)).as("float32").isEqualTo(10);
        assertThat(scalarType(0, Float.NaN)).as("float32").isEqualTo(10);
        assertThat(scalarType(0, Float.POSITIVE_INFINITY)).as("float32").isEqualTo(10);
    }

    @Test
    void shouldWriteUint16AndFloat32LittleEndian() {
        Grid grid = TestGrids.isotropic(1, 1, 2);
        assertThat(voxels(Pixels.ofIntensities(Volume.copyOf(grid, new float[]{65535, 258})), grid))
                .isEqualTo(HexFormat.of().parseHex("FFFF0201"));
        assertThat(voxels(Pixels.of(Volume.copyOf(grid, new float[]{1, -2.5f})), grid))
                .isEqualTo(HexFormat.of().parseHex("0000803F000020C0"));
    }

    @Test
    void shouldPointFromTheLiveVoxelToWhereItsContentLiesInThePreOperativeImage() {
        // given: windows of different axes, and a displacement of its own in each voxel
        Placement placement = new Placement(TestGrids.oblique(2, 3, 4),
                new Grid(2, 3, 4, TestGrids.oblique(2, 3, 4).affine().translated(new Vector3(5, -6, 7))));
        float[] components = new float[3 * 24];
        for (int x = 0; x < components.length; x++) {
            components[x] = 0.25f * (x % 11) - 1;
        }
        DisplacementField u = DisplacementField.copyOf(placement.fixedWindow(), components);

        // when
        ByteBuffer in = ByteBuffer.wrap(body(Image.of(placement.fixedWindow(),
                Pixels.ofVectors(DisplacementVectors.of(u, placement, PatientAxes.RAS)))));

        // then
        assertThat(in.get(2)).as("components").isEqualTo((byte) 3);
        in.position(72).order(ByteOrder.LITTLE_ENDIAN);
        for (int k = 0; k < 2; k++) {
            for (int j = 0; j < 3; j++) {
                for (int i = 0; i < 4; i++) {
                    Vector3 ras = vector(in);
                    Vector3 live = placement.fixedWindow().affine().toLps(k, j, i);
                    double[] voxel = placement.movingWindow().affine()
                            .toIndex(live.plus(new Vector3(-ras.x(), -ras.y(), ras.z())));
                    assertThat(voxel[0]).isCloseTo(k + u.at(0, k, j, i), within(FLOAT_MM));
                    assertThat(voxel[1]).isCloseTo(j + u.at(1, k, j, i), within(FLOAT_MM));
                    assertThat(voxel[2]).isCloseTo(i + u.at(2, k, j, i), within(FLOAT_MM));
                }
            }
        }
    }

    @Test
    void shouldRefuseSidesAndPixelsThatDoNotFit() {
        Grid grid = TestGrids.isotropic(65536, 1, 1);
        LabelMap labels = LabelMap.takeOwnershipOf(grid, new byte[65536]);
        assertThatThrownBy(() -> Image.of(grid, Pixels.of(labels))).hasMessageContaining("at most 65535 voxels a side");
        assertThatThrownBy(() -> Image.of(TestGrids.isotropic(2, 2, 2), Pixels.of(labels)))
                .hasMessageContaining("65536 voxels vs 8");
    }

    private static int scalarType(float... values) {
        return Pixels.ofIntensities(Volume.copyOf(TestGrids.isotropic(1, 1, values.length), values)).scalarType();
    }

    private static byte[] voxels(Pixels pixels, Grid grid) {
        byte[] body = body(Image.of(grid, pixels));
        return java.util.Arrays.copyOfRange(body, 72, body.length);
    }

    private static Vector3 vector(ByteBuffer in) {
        return new Vector3(in.getFloat(), in.getFloat(), in.getFloat());
    }

    static byte[] body(Image image) {
        byte[] message = Message.of("Dev", Instant.EPOCH, image).encode(HeaderVersion.PROTOCOL_2);
        return java.util.Arrays.copyOfRange(message, MessageHeader.SIZE, message.length);
    }
}
