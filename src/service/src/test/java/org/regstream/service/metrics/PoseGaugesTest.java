package org.regstream.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.line.Network;
import org.regstream.core.pipeline.Placement;
import org.regstream.service.publish.Samples;

class PoseGaugesTest {

    private static final Grid WINDOW = new Grid(4, 6, 8, Affine.axisAligned(new Vector3(3, -4, 5), 1, 1, 1));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PoseGauges gauges = new PoseGauges(registry);

    @Test
    void shouldShowTheNewestPoseOfEachProcedureUntilItEnds() {
        // given
        gauges.show("p1", lying(0, 0));
        gauges.show("p2", lying(-30, 25));

        // when
        gauges.show("p1", lying(12, 14));

        // then
        assertThat(figure("regstream.pose.rotation", "p1")).isCloseTo(12, within(1e-9));
        assertThat(figure("regstream.pose.shift", "p1")).isCloseTo(14, within(1e-9));
        assertThat(figure("regstream.pose.rotation", "p2")).isCloseTo(30, within(1e-9));
        assertThat(figure("regstream.pose.shift", "p2")).isCloseTo(25, within(1e-9));

        // when
        gauges.onEnd("p1");

        // then
        assertThat(registry.getMeters()).hasSize(2)
                .allMatch(meter -> "p2".equals(meter.getId().getTag("procedure")));
    }

    @Test
    void shouldListenToTheStudentAlone() {
        gauges.onResult(Samples.plain(Network.ENSEMBLE, 8));
        assertThat(registry.getMeters()).isEmpty();

        gauges.onResult(Samples.plain(Network.STUDENT, 9));
        assertThat(figure("regstream.pose.rotation", "p1")).isZero();
        assertThat(figure("regstream.pose.shift", "p1")).isZero();
    }

    @Test
    void shouldBeNamedWithItsUnits() {
        assertThat(ExportedMetrics.scrape()).contains("regstream_pose_rotation_degrees{procedure=\"p1\"",
                "regstream_pose_shift_mm{procedure=\"p1\"");
    }

    /** Turned about the window's middle, which is then moved to the patient's head. */
    private static Placement lying(double degrees, double mm) {
        Vector3 middle = WINDOW.centre();
        Pose pose = Pose.rotation(new Vector3(Math.toRadians(degrees), 0, 0))
                .taking(middle.plus(new Vector3(0, 0, mm)), middle);
        return new Placement(pose.overlay(WINDOW), WINDOW);
    }

    private double figure(String name, String procedure) {
        return registry.get(name).tag("procedure", procedure).gauge().value();
    }
}
