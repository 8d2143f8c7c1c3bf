package org.regstream.core.align;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;

class PoseTest {

    private static final double TOLERANCE = 1e-12;
    private static final Pose POSE = Pose.rotation(new Vector3(0.4, -1.1, 0.7)).taking(new Vector3(1, 2, 3),
            new Vector3(-40, 5, 60));

    @Test
    void shouldTurnRightHanded() {
        assertClose(new Vector3(0, 1, 0), Pose.rotation(new Vector3(0, 0, Math.PI / 2)).turn(new Vector3(1, 0, 0)));
    }

    @Test
    void shouldTakeOnePlaceToTheOther() {
        assertClose(new Vector3(-40, 5, 60), POSE.toMoving(new Vector3(1, 2, 3)));
    }

    @Test
    void shouldUndoItself() {
        Vector3 place = new Vector3(12, -7, 33);

        assertClose(place, POSE.inverse().toMoving(POSE.toMoving(place)));
        assertClose(place, POSE.after(POSE.inverse()).toMoving(place));
    }

    @Test
    void shouldApplyTheFirstPoseFirst() {
        Pose shift = Pose.IDENTITY.taking(new Vector3(0, 0, 0), new Vector3(10, 0, 0));
        Pose quarter = Pose.rotation(new Vector3(0, 0, Math.PI / 2));

        assertClose(new Vector3(0, 10, 0), quarter.after(shift).toMoving(new Vector3(0, 0, 0)));
    }

    @Test
    void shouldTellItsAngle() {
        assertEquals(0, Pose.IDENTITY.angleDegrees(), TOLERANCE);
        assertEquals(180, Pose.rotation(new Vector3(0, Math.PI, 0)).angleDegrees(), 1e-6);
        assertEquals(90, Pose.rotation(new Vector3(Math.PI / 2, 0, 0)).angleDegrees(), 1e-6);
    }

    @Test
    void shouldLayMovingVoxelsOverTheFixedImage() {
        Grid moving = new Grid(3, 4, 5, Affine.axisAligned(new Vector3(7, 8, 9), 3, 2, 1));

        Vector3 laid = POSE.overlay(moving).affine().toLps(2, 1, 3);

        assertClose(moving.affine().toLps(2, 1, 3), POSE.toMoving(laid));
    }

    @Test
    void shouldRefuseRowsThatLieInOnePlane() {
        Vector3 row = new Vector3(1, 0, 0);

        assertThrows(IllegalArgumentException.class, () -> new Pose(row, row, row, row));
    }

    private static void assertClose(Vector3 expected, Vector3 actual) {
        assertTrue(expected.minus(actual).norm() < 1e-9, "expected " + expected + ", got " + actual);
    }
}
