package org.regstream.dicom.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.pipeline.Placement;
import org.regstream.dicom.Dciodvfy;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.OtherProgram;
import org.regstream.dicom.SopClass;
import org.regstream.dicom.Tag;

class SpatialRegistrationWriterTest {

    private static final Grid GRID = LiveSeries.GRID;
    private static final String PREOPERATIVE_SPACE = "2.25.77";
    /** From live to pre-operative. */
    private static final Pose POSE = Pose.rotation(new Vector3(0.3, -0.8, 1.7)).taking(new Vector3(4, 50, -9),
            new Vector3(-70, 12, 33));
    private static final double DECIMALS_MM = 1e-6;

    /** Pre-operative (x, y, z) lies at live (-y, x, z) + (100, 0, -20). */
    @Test
    void shouldTakeAPreoperativePointToTheLiveImage() {
        // given
        Pose toLive = new Pose(new Vector3(0, -1, 0), new Vector3(1, 0, 0), new Vector3(0, 0, 1),
                new Vector3(100, 0, -20));

        // when
        DicomObject dicom = LiveSeries.READER.read(write(toLive.inverse(), List.of()));

        // then
        assertThat(dicom.string(Tag.SOP_CLASS_UID)).isEqualTo(SopClass.SPATIAL_REGISTRATION_STORAGE);
        assertThat(dicom.string(Tag.FRAME_OF_REFERENCE_UID)).isEqualTo(LiveSeries.FRAME_OF_REFERENCE);
        List<DicomObject> items = dicom.sequence(Tag.REGISTRATION_SEQUENCE);
        assertThat(items).extracting(item -> item.string(Tag.FRAME_OF_REFERENCE_UID))
                .containsExactly(LiveSeries.FRAME_OF_REFERENCE, PREOPERATIVE_SPACE);
        assertThat(matrix(items.get(0))).containsExactly(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);
        assertThat(matrix(items.get(1))).containsExactly(
                new double[]{0, -1, 0, 100, 1, 0, 0, 0, 0, 0, 1, -20, 0, 0, 0, 1}, Offset.offset(1e-9));
    }

    @Test
    void shouldWriteTheSameBytesAgainAndBeNoneOfTheOthers() {
        assertThat(write(POSE, List.of())).isEqualTo(write(POSE, List.of()));
        assertThat(LiveSeries.READER.read(write(POSE, List.of())).string(Tag.SERIES_INSTANCE_UID)).isNotEqualTo(
                DerivedObject.of(DerivedKind.DEFORMABLE_REGISTRATION, LiveSeries.headers(GRID), LiveSeries.PHASE,
                        LiveSeries.ALGORITHM).uids().series());
    }

    @Test
    void shouldRefuseUnnamedImagesInOneSpace() {
        PreoperativeSpace unnamed = new PreoperativeSpace(LiveSeries.FRAME_OF_REFERENCE, List.of(),
                new Placement(GRID, GRID));

        assertThatThrownBy(() -> SpatialRegistrationWriter.write(unnamed, LiveSeries.headers(GRID), LiveSeries.PHASE,
                LiveSeries.ALGORITHM)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be named");
    }

    @Test
    void shouldSatisfyDciodvfy(@TempDir Path folder) throws Exception {
        for (List<DicomObject> moving : List.of(List.<DicomObject>of(),
                LiveSeries.headers(GRID, "1.2.4.1", PREOPERATIVE_SPACE))) {
            Path file = Files.write(folder.resolve("pose.dcm"), write(POSE, moving));
            assertThat(Dciodvfy.errors(file)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("org.regstream.dicom.write.RealSeries#names")
    void shouldSatisfyDciodvfyForARealSeries(String name, @TempDir Path folder) throws Exception {
        RealSeries series = RealSeries.read(name);
        Placement placement = new Placement(POSE.overlay(GRID), GRID);

        byte[] bytes = SpatialRegistrationWriter.write(
                new PreoperativeSpace(PREOPERATIVE_SPACE, List.of(), placement), series.headers(), series.phase(),
                LiveSeries.ALGORITHM);

        assertThat(Dciodvfy.errors(Files.write(folder.resolve("pose.dcm"), bytes))).isEmpty();
    }

    @Test
    void shouldBeReadByPydicomToTheSamePoints(@TempDir Path folder) throws Exception {
        // given
        Path file = Files.write(folder.resolve("pose.dcm"), write(POSE, List.of()));

        for (Vector3 q : List.of(new Vector3(0, 0, 0), new Vector3(60, -20, 35), new Vector3(-1, 90, -70))) {
            // when
            List<String> lines = OtherProgram.python("dump_pose.py", List.of(file.toString(), PREOPERATIVE_SPACE,
                    String.valueOf(q.x()), String.valueOf(q.y()), String.valueOf(q.z())));

            // then
            double[] p = Arrays.stream(lines.get(0).split("\t")).mapToDouble(Double::parseDouble).toArray();
            assertThat(new Vector3(p[0], p[1], p[2]).minus(POSE.inverse().toMoving(q)).norm())
                    .isLessThan(DECIMALS_MM);
            assertThat(lines.get(1)).isEqualTo("RIGID");
        }
    }

    private static byte[] write(Pose pose, List<DicomObject> moving) {
        Placement placement = new Placement(pose.overlay(GRID), GRID);
        return SpatialRegistrationWriter.write(new PreoperativeSpace(PREOPERATIVE_SPACE, moving, placement),
                LiveSeries.headers(GRID), LiveSeries.PHASE, LiveSeries.ALGORITHM);
    }

    private static double[] matrix(DicomObject item) {
        return item.item(Tag.MATRIX_REGISTRATION_SEQUENCE).orElseThrow().item(Tag.MATRIX_SEQUENCE).orElseThrow()
                .numbers(Tag.FRAME_OF_REFERENCE_TRANSFORMATION_MATRIX, 16);
    }
}
