package org.regstream.core.align;

import org.regstream.core.geometry.Vector3;

/**
 * How a patient moved from one live volume to another.
 *
 * @param movedMm       of one place of the anatomy, at least 0
 * @param turnedDegrees 0 to 180
 */
public record Motion(double movedMm, double turnedDegrees) {

    public Motion {
        if (!(movedMm >= 0 && turnedDegrees >= 0)) {
            throw new IllegalArgumentException(
                    "motion must be at least 0, got " + movedMm + " mm and " + turnedDegrees + " degrees");
        }
    }

    /**
     * By what both volumes were laid over the same pre-operative image.
     *
     * @param before from the earlier live volume to the pre-operative image
     * @param now    from the later one
     * @param place  that is looked at, LPS mm of the pre-operative image
     */
    public static Motion between(Pose before, Pose now, Vector3 place) {
        Pose back = now.inverse();
        Vector3 moved = back.toMoving(place).minus(before.inverse().toMoving(place));
        return new Motion(moved.norm(), back.after(before).angleDegrees());
    }
}
