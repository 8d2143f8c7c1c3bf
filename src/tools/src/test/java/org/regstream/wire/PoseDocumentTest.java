package org.regstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regstream.core.align.Aligned;
import org.regstream.core.align.NotAligned;
import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.pipeline.Placement;

class PoseDocumentTest {

    /** Its middle lies at LPS (1, 1, 1). */
    private static final Grid WINDOW = new Grid(3, 3, 3, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1));

    @Test
    void shouldTellWhatTheImagesShow() {
        // given: a quarter turn about z, x to y, then 10 mm along z
        Pose pose = Pose.rotation(new Vector3(0, 0, Math.PI / 2)).taking(new Vector3(1, 1, 1), new Vector3(1, 1, 11));

        // when
        PoseDocument told = PoseDocument.of(
                new Placement(pose.overlay(WINDOW), WINDOW, Optional.of(new Aligned(pose, 0.31, 0.02))));

        // then: x' = -y + 2, y' = x, z' = z + 10
        double[] expected = {0, -1, 0, 2, 1, 0, 0, 0, 0, 0, 1, 10, 0, 0, 0, 1};
        assertThat(told.liveToPreoperative().stream().mapToDouble(Double::doubleValue).toArray())
                .containsExactly(expected, within(1e-12));
        assertThat(told.turnedDegrees()).isCloseTo(90, within(1e-9));
        assertThat(told.movedMm()).isCloseTo(Math.sqrt(100), within(1e-9));
        assertThat(told.inWords()).isEqualTo("turned 90.0 degrees, moved 10.0 mm, as the images show "
                + "(they explain 31 %, by patient coordinates 2 %)");
    }

    @Test
    void shouldTellThatNobodyLooked() {
        PoseDocument told = PoseDocument.of(new Placement(WINDOW, WINDOW));

        assertThat(told.liveToPreoperative())
                .isEqualTo(List.of(1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0));
        assertThat(told.basis()).isEqualTo("procedure");
        assertThat(told.score()).isNull();
    }

    @Test
    void shouldTellThatTheImagesDoNotConfirmPatientCoordinates() {
        PoseDocument told = PoseDocument.of(
                new Placement(WINDOW, WINDOW, Optional.of(new NotAligned(0.08, 0.03, "no pose"))));

        assertThat(told.basis()).isEqualTo("headers-unconfirmed");
        assertThat(told.score()).isEqualTo(0.08);
        assertThat(told.headersScore()).isEqualTo(0.03);
        assertThat(told.inWords()).endsWith("by patient coordinates, which the images do not confirm");
    }
}
