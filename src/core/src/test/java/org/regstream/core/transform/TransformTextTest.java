package org.regstream.core.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.regstream.core.DecodeException;
import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Ras;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.testkit.KnownTransform;
import org.regstream.core.transform.TransformText.Frame;

class TransformTextTest {

    private static final Pose POSE = KnownTransform.oblique().pose();
    private static final Vector3 PLACE = new Vector3(12, -34, 56);

    @Test
    void shouldWriteWhatItReads() {
        assertThat(TransformText.readItk(TransformText.itk(POSE).lines().toList())).isEqualTo(POSE);
        assertThat(TransformText.readMatrix(TransformText.rasMatrix(POSE).lines().toList(), Frame.RAS)).isEqualTo(POSE);
        assertThat(TransformText.readMatrix(TransformText.rasMatrix(Pose.IDENTITY).lines().toList(), Frame.RAS))
                .isEqualTo(Pose.IDENTITY);
    }

    /** y = M (x - c) + c + t: a quarter turn about (1, 2, 3), then 10 mm along x. */
    @Test
    void shouldRespectTheCentreOfAnItkTransform() {
        Pose pose = TransformText.readItk(List.of("#Insight Transform File V1.0", "#Transform 0",
                "Transform: MatrixOffsetTransformBase_double_3_3", "Parameters: 0 -1 0 1 0 0 0 0 1 10 0 0",
                "FixedParameters: 1 2 3"));

        assertThat(pose.toMoving(new Vector3(1, 2, 3))).isEqualTo(new Vector3(11, 2, 3));
        assertThat(pose.toMoving(new Vector3(2, 2, 3))).isEqualTo(new Vector3(11, 3, 3));
    }

    @Test
    void shouldTurnAMatrixOfTheOtherFrame() {
        List<String> ras = TransformText.rasMatrix(POSE).lines().toList();

        Pose read = TransformText.readMatrix(ras, Frame.LPS);

        Vector3 expected = Ras.flip(POSE.toMoving(Ras.flip(PLACE)));
        assertThat(read.toMoving(PLACE).minus(expected).norm()).isLessThan(1e-9);
    }

    @Test
    void shouldReadCommasCommentsAndBlankLines() {
        assertThat(TransformText.readMatrix(List.of("# one", "1,0,0,5", "", "0 1 0 6 # two", "0\t0\t1\t7", "0 0 0 1"),
                Frame.LPS).toMoving(new Vector3(0, 0, 0))).isEqualTo(new Vector3(5, 6, 7));
    }

    @Test
    void shouldRefuseOtherTransformsWithTheWayOut() {
        assertRefused(() -> TransformText.readItk(List.of("#Insight Transform File V1.0", "#Transform 0",
                "Transform: Euler3DTransform_double_3_3", "Parameters: 0 0 0 0 0 0", "FixedParameters: 0 0 0")),
                "Euler3DTransform_double_3_3; compose");
        assertRefused(() -> TransformText.readItk(List.of("#Insight Transform File V1.0",
                "Transform: CompositeTransform_double_3_3", "Transform: AffineTransform_double_3_3")),
                "CompositeTransform_double_3_3 and AffineTransform_double_3_3");
        assertRefused(() -> TransformText.readItk(List.of("(Transform \"EulerTransform\")")), "must begin with");
        assertRefused(() -> TransformText.readItk(List.of("#Insight Transform File V1.0",
                "Transform: AffineTransform_double_3_3", "Parameters: 1 0 0", "FixedParameters: 0 0 0")),
                "must hold 12 numbers, got '1 0 0'");
        assertRefused(() -> TransformText.readMatrix(List.of("1 0 0 0", "0 1 0 0", "0 0 1 0"), Frame.RAS),
                "four rows of four numbers, the last 0 0 0 1, got 3 rows");
        assertRefused(() -> TransformText.readMatrix(List.of("1 0 0 0", "0 1 0 0", "0 0 1 0", "1 2 3 1"), Frame.RAS),
                "with another last one");
        assertRefused(() -> TransformText.readMatrix(List.of("1 0 0 0", "0 1 0 0", "0 0 0 0", "0 0 0 1"), Frame.RAS),
                "cannot be inverted");
        assertRefused(() -> TransformText.readMatrix(List.of("1 0 0 nan", "0 1 0 0", "0 0 1 0", "0 0 0 1"), Frame.RAS),
                "must hold 4 numbers");
    }

    private static void assertRefused(Runnable read, String saying) {
        assertThatThrownBy(read::run).isInstanceOf(DecodeException.class).hasMessageContaining(saying);
    }
}
