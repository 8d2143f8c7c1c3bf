package org.regstream.navigation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.pipeline.Placement;
import org.regstream.core.testkit.OrientationPhantom;

/** What lies where in the patient, whatever the order of the array: IMAGE messages read as the protocol says. */
class MessageOrientationTest {

    /** Positions and vectors are single floats of some tens of mm. */
    private static final double MM = 1e-4;
    private static final int BODY_HEADER = 72;

    static Stream<Arguments> all48InBothSpaces() {
        return OrientationPhantom.all48().stream()
                .flatMap(phantom -> Stream.of(PatientAxes.values()).map(axes -> Arguments.of(phantom, axes)));
    }

    @ParameterizedTest
    @MethodSource("all48InBothSpaces")
    void shouldPutEveryLabelInItsPlace(OrientationPhantom phantom, PatientAxes axes) {
        ByteBuffer body = body(new Image(phantom.grid(), Pixels.of(phantom.labels()), axes));

        List<Vector3> places = places(body, axes);
        for (int n = 0; n < 60; n++) {
            assertThat(body.get(BODY_HEADER + n) & 0xff).isEqualTo(OrientationPhantom.labelAt(places.get(n)));
        }
    }

    @ParameterizedTest
    @MethodSource("all48InBothSpaces")
    void shouldPutEveryValueInItsPlace(OrientationPhantom phantom, PatientAxes axes) {
        ByteBuffer body = body(new Image(phantom.grid(), Pixels.of(phantom.values()), axes));

        List<Vector3> places = places(body, axes);
        for (int n = 0; n < 60; n++) {
            assertThat(number(body, n)).isEqualTo(OrientationPhantom.valueAt(places.get(n)));
        }
    }

    @ParameterizedTest
    @MethodSource("all48InBothSpaces")
    void shouldLeadEveryPointToTheSamePlace(OrientationPhantom phantom, PatientAxes axes) {
        float[] vectors = DisplacementVectors.of(phantom.field(), new Placement(phantom.grid(), phantom.grid()), axes);
        ByteBuffer body = body(new Image(phantom.grid(), Pixels.ofVectors(vectors), axes));

        List<Vector3> places = places(body, axes);
        for (int n = 0; n < 60; n++) {
            Vector3 vector = lps(new Vector3(number(body, 3 * n), number(body, 3 * n + 1), number(body, 3 * n + 2)),
                    axes);
            assertThat(vector.minus(OrientationPhantom.displacementAt(places.get(n))).norm()).isLessThan(MM);
        }
    }

    /** Voxel after voxel: position = P + (i - (RI - 1) / 2) T + (j - (RJ - 1) / 2) S + (k - (RK - 1) / 2) N. */
    private static List<Vector3> places(ByteBuffer body, PatientAxes axes) {
        assertThat(body.get(5)).isEqualTo((byte) (axes == PatientAxes.RAS ? 1 : 2));
        int[] size = {body.getShort(6), body.getShort(8), body.getShort(10)};
        Vector3[] columns = {vector(body, 12), vector(body, 24), vector(body, 36), vector(body, 48)};
        List<Vector3> places = new ArrayList<>();
        for (int n = 0; n < 60; n++) {
            double i = n % size[0] - (size[0] - 1) / 2.0;
            double j = n / size[0] % size[1] - (size[1] - 1) / 2.0;
            double k = n / (size[0] * size[1]) - (size[2] - 1) / 2.0;
            places.add(lps(columns[3].plus(columns[0].times(i)).plus(columns[1].times(j)).plus(columns[2].times(k)),
                    axes));
        }
        return places;
    }

    private static Vector3 lps(Vector3 read, PatientAxes axes) {
        return axes == PatientAxes.RAS ? new Vector3(-read.x(), -read.y(), read.z()) : read;
    }

    private static Vector3 vector(ByteBuffer body, int at) {
        return new Vector3(body.getFloat(at), body.getFloat(at + 4), body.getFloat(at + 8));
    }

    private static float number(ByteBuffer body, int index) {
        return body.duplicate().order(ByteOrder.LITTLE_ENDIAN).getFloat(BODY_HEADER + 4 * index);
    }

    private static ByteBuffer body(Image image) {
        return ByteBuffer.wrap(ImageTest.body(image));
    }
}
