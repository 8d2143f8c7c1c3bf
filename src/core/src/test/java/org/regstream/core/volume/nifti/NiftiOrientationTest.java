package org.regstream.core.volume.nifti;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.testkit.OrientationPhantom;

/** What {@code register} writes lies where it should in the patient: files read as nifti1.h says, byte by byte. */
class NiftiOrientationTest {

    /** The matrix is written in single floats. */
    private static final double MM = 1e-4;

    private static final int DIMENSIONS = 40;
    private static final int DATA_OFFSET = 108;
    private static final int SFORM = 280;

    static List<OrientationPhantom> all48() {
        return OrientationPhantom.all48();
    }

    @ParameterizedTest
    @MethodSource("all48")
    void shouldPutEveryLabelInItsPlace(OrientationPhantom phantom) {
        ByteBuffer file = written(out -> NiftiWriter.write(phantom.labels(), out));

        eachVoxel(file, (n, lps) -> assertThat(file.get(data(file) + n) & 0xff)
                .isEqualTo(OrientationPhantom.labelAt(lps)));
    }

    @ParameterizedTest
    @MethodSource("all48")
    void shouldPutEveryValueInItsPlace(OrientationPhantom phantom) {
        ByteBuffer file = written(out -> NiftiWriter.write(phantom.values(), out));

        eachVoxel(file, (n, lps) -> assertThat(file.getFloat(data(file) + 4 * n))
                .isEqualTo(OrientationPhantom.valueAt(lps)));
    }

    /** Components (x, y, z), LPS mm, the slowest axis. */
    @ParameterizedTest
    @MethodSource("all48")
    void shouldLeadEveryPointToTheSamePlace(OrientationPhantom phantom) {
        ByteBuffer file = written(out -> NiftiWriter.write(phantom.millimetres(), out));

        eachVoxel(file, (n, lps) -> {
            Vector3 mm = new Vector3(file.getFloat(data(file) + 4 * n), file.getFloat(data(file) + 4 * (60 + n)),
                    file.getFloat(data(file) + 4 * (120 + n)));
            assertThat(mm.minus(OrientationPhantom.displacementAt(lps)).norm()).isLessThan(MM);
        });
    }

    private static ByteBuffer written(Consumer<OutputStream> writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.accept(out);
        return ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int data(ByteBuffer file) {
        return (int) file.getFloat(DATA_OFFSET);
    }

    /** @param each number of the voxel in the file, and its place by the matrix of the file, LPS mm */
    private static void eachVoxel(ByteBuffer file, BiConsumer<Integer, Vector3> each) {
        int[] size = {file.getShort(DIMENSIONS + 2), file.getShort(DIMENSIONS + 4), file.getShort(DIMENSIONS + 6)};
        assertThat(size[0] * size[1] * size[2]).isEqualTo(60);
        for (int n = 0; n < 60; n++) {
            each.accept(n, column(file, 3).plus(column(file, 0).times(n % size[0]))
                    .plus(column(file, 1).times(n / size[0] % size[1]))
                    .plus(column(file, 2).times(n / (size[0] * size[1]))));
        }
    }

    /** RAS to LPS. */
    private static Vector3 column(ByteBuffer file, int axis) {
        return new Vector3(-file.getFloat(SFORM + 4 * axis), -file.getFloat(SFORM + 16 + 4 * axis),
                file.getFloat(SFORM + 32 + 4 * axis));
    }
}
